using Kaggle.Deep.Training.Recipes;

namespace Kaggle.Competitions.AnyImages;

/// <summary>Who tries, by how many pictures there are and how large, which weights lie there, and how long it may take.</summary>
static class Choice
{
    const int Few = 2000;                                    // pictures: below, frozen networks know as much as fine-tuned ones, in a tenth of the time
    const int Many = 3500;                                   // above, one part held out tells as much as folds, in a fifth of the time
    const double TrainedPerSecond = 15;                      // photos of 224 pixels that one core fine-tunes a MobileNetV2 on
    const double LastStagesPerSecond = 165;                  // and its last stage

    /// <summary>The published networks that photos can be learned from.</summary>
    public static IReadOnlyList<Pretrained> Published { get; } = [PretrainedModels.MobileNetV2Folded, PretrainedModels.MobileNetV2Narrow, PretrainedModels.SqueezeNetCompressed];

    public static Folds Folds(PictureFacts pictures, IEnumerable<ILearner> learners)
    {
        var probes = learners.All(l => l is LinearProbe);
        if (pictures.Rows > (probes ? 4 : 1) * Many) return Kaggle.Core.Validation.Folds.Holdout(pictures.Rows > 4 * Many ? 0.1 : 0.2);
        // Probes take a fraction of a second once the features are there, and of some hundred pictures each one counts: they learn from 19 of 20.
        var count = Math.Clamp(pictures.Largest, 2, pictures.Rows is >= 100 and < Few && probes ? 20 : 5);
        return pictures.Task is TaskKind.Binary or TaskKind.Multiclass ? Kaggle.Core.Validation.Folds.Stratified(count) : Kaggle.Core.Validation.Folds.Shuffled(count);
    }

    /// <summary>By accuracy few rows cannot tell good weights from lucky ones.</summary>
    public static IEnsemble Ensemble(PictureFacts pictures) =>
        pictures.Rows >= Few ? new GreedyEnsemble() : pictures.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? new LikelihoodEnsemble() : new MeanEnsemble();

    /// <returns>The quick ones first where there are many pictures: whenever the time is over, some have finished.</returns>
    /// <exception cref="InputException">The wishes contradict each other or name what is not there.</exception>
    public static IEnumerable<ILearner> Learners(PictureFacts pictures, Wishes wishes)
    {
        if (wishes is { Model: "none", Weights: not null }) throw new InputException("--model none trains from scratch, and --weights names a file to start from: leave one out.");
        if (wishes.Model == "none") return FromScratch(pictures, wishes);
        if (wishes.Weights is { } file) return OnWeights([PretrainedModels.OfFile(file, wishes.Model)], pictures, wishes);
        if (wishes.Model is { } model) return OnWeights([PretrainedModels.Named(model)], pictures, wishes);
        var there = Published.Where(PublishedFiles.Has).ToList();
        if (there.Count == 0) return FromScratch(pictures, wishes);
        return pictures.AreSmall && pictures.Rows >= Few / 2 ? [.. FromScratch(pictures, wishes), .. OnWeights(there, pictures, wishes)]
            : pictures.Rows >= Few ? [Pixels, .. OnWeights(there, pictures, wishes)]
            : OnWeights(there, pictures, wishes);
    }

    static ILearner Pixels => new OnPixels(new Logistic { C = 0.1 }) { Size = 12, Channels = 3 };

    static IEnumerable<ILearner> FromScratch(PictureFacts pictures, Wishes wishes) =>
    [
        Pixels,
        new PictureNet
        {
            Name = "ResNet9", Architecture = new ResNet9 { Width = 16 }, Size = wishes.Size ?? (pictures.AreSmall ? SmallSize(pictures) : 64),
            Epochs = wishes.Epochs ?? Math.Clamp((pictures.AreSmall ? 150_000 : 20_000) / Math.Max(1, pictures.Rows), 8, 60), BatchSize = pictures.Rows < Few ? 32 : 128, LearningRate = 5e-3,
            Augmentation = PictureAugmentation.Photos, Views = new() { Flip = true }, QuickEpochs = 8,
        },
    ];

    /// <summary>Multiples of 8, so that halves of halves are whole; nothing is gained by drawing pixels larger.</summary>
    static int SmallSize(PictureFacts pictures) => Math.Max(32, (pictures.Shapes.Side!.Value + 7) / 8 * 8);

    static IEnumerable<ILearner> OnWeights(IReadOnlyList<Pretrained> from, PictureFacts pictures, Wishes wishes)
    {
        var size = wishes.Size ?? (pictures.AreSmall ? 128 : from[0].Size);
        var looks = Looks.Of(pictures, size);
        LinearProbe[] probes =
        [
            .. from.Select(published => new LinearProbe
            {
                Name = $"probe of {published.Name}", From = published, Sizes = looks.Sizes(size), Framings = looks.Framings(pictures), Views = looks.Views, OwnClasses = published == from[0] && published.Classifies,
            }),
        ];
        // The narrow network is done when the others have just begun.
        foreach (var probe in pictures.Rows >= Few ? probes.OrderByDescending(p => p.From.Name == PretrainedModels.MobileNetV2Narrow.Name) : probes.AsEnumerable()) yield return probe;
        yield return probes[0] with { Name = "probe of all depths", Stretches = 6 };
        if (probes.Length > 1) yield return probes[0] with { Name = "probe of all networks", Beside = [.. probes.Skip(1)] };
        if (wishes.Epochs is null && pictures.Rows < Few) yield break;
        var net = new PictureNet
        {
            Name = $"fine-tuned {from[0].Name}", From = from[0], Head = new PlainHead { Dropout = 0.2 }, Size = size, Epochs = wishes.Epochs ?? 4, BatchSize = 32, LearningRate = 2e-3,
            FineTune = new FineTune { Spread = 20 }, Augmentation = PictureAugmentation.Photos, Views = new() { Flip = true },
        };
        var stage = net with
        {
            Name = $"fine-tuned last stage of {from[0].Name}", Presize = size * 10 / 7, Epochs = 8, LeastSteps = 0, LearningRate = 4e-3, FineTune = new FineTune { FrozenEpochs = 2, Spread = 20 },
            KeptDraws = 8, Augmentation = PictureAugmentation.Photos with { MinArea = 0.6 },
        };
        if (wishes.Epochs is not null || IsTimeFor(net, pictures)) yield return net;
        else if (from[0].Architecture.HasLastStage && IsTimeFor(stage, pictures)) yield return stage;
    }

    /// <returns>Whether a network's trainings take about 40 minutes on two cores at most, or a third of the budget on this machine.</returns>
    static bool IsTimeFor(PictureNet net, PictureFacts pictures)
    {
        var learned = pictures.Rows > Many ? 0.8 * pictures.Rows : 4.0 * pictures.Rows;          // held out once, or five folds
        var seconds = net.KeptDraws == 0 ? learned * (net.Epochs + 1) / TrainedPerSecond
            : (pictures.Rows * (net.KeptDraws + 2.0) + pictures.Test * 2.0) / Looks.PhotosPerSecond + learned * (net.Epochs + 2) / LastStagesPerSecond;
        return seconds * Math.Pow(net.Size / 224.0, 2) <= (pictures.Budget is { } budget ? budget.TotalSeconds / 3 * Environment.ProcessorCount : TimeSpan.FromMinutes(40).TotalSeconds * 2);
    }
}
