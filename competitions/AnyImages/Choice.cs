using System.Collections.Immutable;
using Kaggle.Deep.Training.Recipes;

namespace Kaggle.Competitions.AnyImages;

/// <summary>Who tries, by how many pictures there are and which weights lie there.</summary>
static class Choice
{
    /// <summary>The published networks that photos can be learned from.</summary>
    public static IReadOnlyList<Pretrained> Published { get; } = [PretrainedModels.MobileNetV2Folded, PretrainedModels.MobileNetV2Narrow, PretrainedModels.SqueezeNetCompressed];

    public static Folds Folds(TaskKind task, int rows, IEnumerable<ILearner> learners)
    {
        if (rows > 20_000) return Kaggle.Core.Validation.Folds.Holdout(0.1);
        // Probes take a fraction of a second once the features are there, and of some hundred pictures each one counts: they learn from 19 of 20.
        var count = rows is >= 100 and < 2000 && learners.All(l => l is LinearProbe) ? 20 : 5;
        return task is TaskKind.Binary or TaskKind.Multiclass ? Kaggle.Core.Validation.Folds.Stratified(count) : Kaggle.Core.Validation.Folds.Shuffled(count);
    }

    /// <summary>By accuracy few rows cannot tell good weights from lucky ones.</summary>
    public static IEnsemble Ensemble(TaskKind task, int rows) =>
        rows >= 2000 ? new GreedyEnsemble() : task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? new LikelihoodEnsemble() : new MeanEnsemble();

    public static IEnumerable<ILearner> Learners(string? model, string? weights, int? size, int? epochs, int rows)
    {
        if (model == "none") return FromScratch(size, epochs, rows);
        if (weights is not null) return OnWeights([PretrainedModels.OfFile(weights, model)], size, epochs, rows);
        if (model is not null) return OnWeights([PretrainedModels.Named(model)], size, epochs, rows);
        var there = Published.Where(PublishedFiles.Has).ToList();
        return there.Count == 0 ? FromScratch(size, epochs, rows) : OnWeights(there, size, epochs, rows);
    }

    static IEnumerable<ILearner> FromScratch(int? size, int? epochs, int rows) =>
    [
        new OnPixels(new Logistic { C = 0.1 }) { Size = 12, Channels = 3 },
        new PictureNet
        {
            Name = "ResNet9", Architecture = new ResNet9 { Width = 16 }, Size = size ?? 64, Epochs = epochs ?? Math.Clamp(20_000 / Math.Max(1, rows), 8, 60), BatchSize = 32, LearningRate = 5e-3,
            Augmentation = PictureAugmentation.Photos, Views = new() { Flip = true }, QuickEpochs = 8,
        },
    ];

    static readonly ImmutableArray<Framing> framings = [Framing.Squish, Framing.Crop];

    static IEnumerable<ILearner> OnWeights(IReadOnlyList<Pretrained> from, int? size, int? epochs, int rows)
    {
        LinearProbe[] probes = [.. from.Select(published => new LinearProbe { Name = $"probe of {published.Name}", From = published, Sizes = Sizes(published), Framings = framings })];
        if (from[0].Classifies) probes[0] = probes[0] with { OwnClasses = true };
        foreach (var probe in probes) yield return probe;
        yield return probes[0] with { Name = "probe of all depths", Stretches = 6 };
        if (probes.Length > 1) yield return probes[0] with { Name = "probe of all networks", Beside = [.. probes.Skip(1)] };
        // Below some thousand pictures the probes are as good, in a tenth of the time.
        if (rows >= 2000 || epochs is not null)
            yield return new PictureNet
            {
                Name = $"fine-tuned {from[0].Name}", From = from[0], Head = new PlainHead { Dropout = 0.2 }, Size = size ?? from[0].Size, Epochs = epochs ?? 4, BatchSize = 32, LearningRate = 2e-3,
                FineTune = new FineTune { Spread = 20 }, Augmentation = PictureAugmentation.Photos, Views = new() { Flip = true },
            };

        // Also a little larger than they learned from, while there are few: two sizes know more than one.
        ImmutableArray<int> Sizes(Pretrained published) => rows < 2000 ? [size ?? published.Size, (size ?? published.Size) * 9 / 7] : [size ?? published.Size];
    }
}
