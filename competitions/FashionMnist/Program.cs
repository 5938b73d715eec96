return await new Competition
{
    Name      = "FashionMnist",
    Question  = "Which garment does the picture show?",
    RealFiles = "For the real files: the four files of github.com/zalandoresearch/fashion-mnist, then --data with their folder.",
    Layout    = new ImageFiles(),
    Target    = Target.Classes("label"),
    Metric    = Metrics.Accuracy,
    Folds     = Folds.Holdout(1.0 / 6),
    Learners  =
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 10 },
        new PictureNet
        {
            Name = "ResNet9", Architecture = new ResNet9 { Width = 16 }, Size = 28, Channels = 1, Epochs = 16, LearningRate = 8e-3,
            Augmentation = new() { Rotate = 0, Warp = 0, MaxZoom = 1, Shift = 0.05, Lighting = 0, EraseChance = 0.3, EraseArea = 0.2, Edges = BeyondEdges.Black },
            Views = new() { Flip = true },
        },
    ],
    Sample    = Wardrobe.Simulate,
}.RunAsync(args);
