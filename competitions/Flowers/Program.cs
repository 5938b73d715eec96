var probe = new LinearProbe { Sizes = [224, 288], Framings = [Framing.Squish, Framing.Crop], OwnClasses = true };
var narrow = probe with { Name = "probe, narrow", From = PretrainedModels.MobileNetV2Narrow, OwnClasses = false };
var squeezed = probe with { Name = "probe, squeezed", From = PretrainedModels.SqueezeNetCompressed, OwnClasses = false };

return await new Competition
{
    Name      = "Flowers",
    Question  = "Which flower does the photo show?",
    RealFiles = "For the real files: photos of flowers in train/<class>/… and val/<class>/…, --data with their folder or zip.",
    Layout    = new ImageFiles(),
    Target    = Target.Classes("label"),
    Metric    = Metrics.Accuracy,
    Folds     = Folds.Stratified(5),
    Learners  =
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 12, Channels = 3 },
        probe,
        narrow,
        squeezed,
        probe with { Name = "probe of all depths", Stretches = 6 },
        probe with { Name = "probe of all networks", Beside = [narrow, squeezed] },
    ],
    Ensemble  = new LikelihoodEnsemble(),
    Sample    = Meadow.Simulate,
}.RunAsync(args);
