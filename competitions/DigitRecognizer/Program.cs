var net = new PictureNet
{
    Name = "ResNet9", Architecture = new ResNet9 { Width = 16 }, Size = 28, Channels = 1, Epochs = 10, QuickEpochs = 2, LearningRate = 8e-3,
    Augmentation = PictureAugmentation.Digits, Views = new TestViews { Shift = 1 },
};

return await new Competition
{
    Name        = "DigitRecognizer",
    Question    = "Which digit was written?",
    DataFolders = ["digit-recognizer", "mnist"],
    Layout      = new ImageFiles { Id = "ImageId", Label = "Label" },
    Id          = "ImageId",
    Target      = Target.Classes("Label"),
    Metric      = Metrics.Accuracy,
    Folds       = Folds.Holdout(1.0 / 6),
    Learners    =
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 10 },
        net,
        net with { Name = "ResNet9, tilted", Epochs = 12, QuickEpochs = 0, Augmentation = PictureAugmentation.Digits with { Warp = 0.2 } },
    ],
    Sample      = Handwriting.Simulate,
}.RunAsync(args);
