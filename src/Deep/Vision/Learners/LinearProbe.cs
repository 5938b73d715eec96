using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A linear layer on a published network's frozen features: on few pictures often better than training the network.</summary>
/// <remarks>Ridge on standardised features, one column a class; the penalty, and how sure of itself it is, by leaving one row out in closed form.</remarks>
public sealed record LinearProbe : ILearner
{
    public string Name { get; init; } = "linear probe";

    public IFrozenNetwork From { get; init; } = PretrainedModels.MobileNetV2Folded;

    /// <summary>Heights and widths at which pictures are looked at; the features of all are averaged.</summary>
    public ImmutableArray<int> Sizes { get; init; } = [224];

    public ImmutableArray<Framing> Framings { get; init; } = [Framing.Squish];

    /// <summary>The views whose features are averaged.</summary>
    public TestViews Views { get; init; } = new() { Flip = true };

    public ColumnKind Uses => ColumnKind.Image;

    public bool Learns(TaskKind task) => task is not TaskKind.Quantile;

    public bool StopsEarly => false;

    public string? Lacks => From.Lacks;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        return new ProbeModel(this, RidgeProbe.Fit(Features(train, context), train.Answers), context);
    }

    public IModel Load(string folder, FitContext context) => new ProbeModel(this, RidgeProbe.Load(folder), context);

    internal Matrix Features(Dataset rows, FitContext context)
    {
        Matrix[] all = [.. Sizes.SelectMany(size => Framings.Select(framing => new PictureFeatures(From, size, framing, Views).Of(rows, context)))];
        if (all.Length == 1) return all[0];
        var mean = new float[all[0].Values.Length];
        foreach (var features in all)
            for (var i = 0; i < mean.Length; i++) mean[i] += features.Values.Span[i] / all.Length;
        return new(mean, all[0].Columns);
    }

    sealed class ProbeModel(LinearProbe learner, RidgeProbe probe, FitContext context) : ISeesPictures
    {
        // Nothing of the training but where and how to compute.
        readonly FitContext context = new() { Device = context.Device, Threads = context.Threads, Cancel = context.Cancel };

        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows) => probe.Predict(learner.Features(rows, context));

        public Matrix Seen(Dataset rows) => learner.Features(rows, context);

        public IReadOnlyList<byte[]?> Looks(Dataset rows) =>
            new PictureFeatures(learner.From, learner.Sizes[0], learner.Framings[0], TestViews.Plain).Drawn(rows, context, probe.Scores);

        public void Save(string folder) => probe.Save(folder);

        public void Dispose() { }
    }
}
