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
        new LinearProbe(),
        new LinearProbe { Name = "probe at two sizes", Sizes = [224, 288], Framings = [Framing.Squish, Framing.Crop] },
        new LinearProbe { Name = "probe, narrow", From = PretrainedModels.MobileNetV2Narrow, Sizes = [224, 288], Framings = [Framing.Squish, Framing.Crop] },
        new LinearProbe { Name = "probe, squeezed", From = PretrainedModels.SqueezeNetCompressed, Sizes = [227, 288], Framings = [Framing.Squish, Framing.Crop] },
    ],
    Ensemble = new MeanEnsemble(),
    Sample   = Meadow.Simulate,
}.RunAsync(args);
