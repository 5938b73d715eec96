return await new Competition
{
    Name        = "PetBreeds",
    Question    = "Which breed is the cat or dog?",
    RealFiles   = "For the real files: images.tar.gz and annotations.tar.gz of www.robots.ox.ac.uk/~vgg/data/pets, unpacked into one folder, then --data with it.",
    DataFolders = ["pet-breeds", "oxford-iiit-pet"],
    Layout      = new ImageFiles { LabelPattern = @"([^/]+)_\d+\.\w+$", Label = "breed" },
    Target      = Target.Classes("breed"),
    Metric      = Metrics.Accuracy,
    Folds       = Folds.Stratified(5),
    Learners    =
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 12, Channels = 3 },
        new PictureNet { Name = "ResNet9", Architecture = new ResNet9 { Width = 16 }, Size = 64, Epochs = 40, QuickEpochs = 16, BatchSize = 16, Augmentation = PictureAugmentation.Photos, Views = new() { Flip = true } },
        new LinearProbe(),
        new LinearProbe { Name = "linear probe, narrow", From = PretrainedModels.MobileNetV2Narrow },
    ],
    Sample      = Litter.Simulate,
}.RunAsync(args);
