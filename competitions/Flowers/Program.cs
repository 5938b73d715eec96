using System.Collections.Immutable;

ImmutableArray<int> sizes = [224, 288];
ImmutableArray<Framing> framings = [Framing.Squish, Framing.Crop];

return await new Competition
{
    Name     = "Flowers",
    Question = "Which flower does the photo show?",
    Layout   = new ImageFiles(),
    Target   = Target.Classes("label"),
    Metric   = Metrics.Accuracy,
    Folds    = Folds.Stratified(5),
    Learners =
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 12, Channels = 3 },
        new LinearProbe { Sizes = sizes, Framings = framings },
        new LinearProbe { Name = "probe of all depths", Sizes = sizes, Framings = framings, Stretches = 6 },
        new LinearProbe { Name = "probe, narrow", From = PretrainedModels.MobileNetV2Narrow, Sizes = sizes, Framings = framings },
        new LinearProbe { Name = "probe, squeezed", From = PretrainedModels.SqueezeNetCompressed, Sizes = sizes, Framings = framings },
    ],
    Ensemble = new MeanEnsemble { Best = 4 },                     // pixels are there to be beaten
    Sample   = Meadow.Simulate,
}.RunAsync(args);
