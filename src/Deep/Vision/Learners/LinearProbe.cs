using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A linear layer on a published network's frozen features: on few pictures often better than training the network.</summary>
/// <remarks>Ridge on standardised features, one column a class; the penalty, and how sure of itself it is, by leaving one row out in closed form.</remarks>
public sealed record LinearProbe : IResizes
{
    public string Name { get; init; } = "linear probe";

    public IFrozenNetwork From { get; init; } = PretrainedModels.MobileNetV2Folded;

    /// <summary>Probes whose features stand beside its own, each counting alike: one linear layer on several networks at once.</summary>
    public ImmutableArray<LinearProbe> Beside { get; init; } = [];

    /// <summary>Heights and widths at which pictures are looked at; the features of all are averaged.</summary>
    public ImmutableArray<int> Sizes { get; init; } = [224];

    public ImmutableArray<Framing> Framings { get; init; } = [Framing.Crop];

    /// <summary>Of how many of the network's last stretches the features are taken, each counting alike; 1: the last only, as its own classifier sees it.</summary>
    public int Stretches { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>Whether what the network's published classifier says of its own classes stands beside the features, counting alike: it knows which of them tell things apart.</summary>
    public bool OwnClasses { get; init; }

    /// <summary>The views whose features are averaged.</summary>
    public TestViews Views { get; init; } = new() { Flip = true };

    public ColumnKind Uses => ColumnKind.Image;

    public bool Learns(TaskKind task) => task is not TaskKind.Quantile;

    public bool StopsEarly => false;

    public string? Lacks => Beside.Select(probe => probe.Lacks).FirstOrDefault(lacks => lacks is not null) ?? From.Lacks;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var seen = Seen(train, context);
        return new ProbeModel(this, RidgeProbe.Fit(seen.Features, train.Answers, seen.Parts.AsSpan()), context);
    }

    public ILearner AtSize(int pixels) => this with
    {
        Sizes = [.. Sizes.Select(size => (int)Math.Max(8, Math.Round(size * (double)pixels / Sizes[0])))], Beside = [.. Beside.Select(probe => (LinearProbe)probe.AtSize(pixels))],
    };

    public IModel Load(string folder, FitContext context) => new ProbeModel(this, RidgeProbe.Load(folder), context);

    SeenPictures Seen(Dataset rows, FitContext context)
    {
        if (context.Share is not { } share) return Computed(rows, context);
        var all = share.GetOrAdd((nameof(LinearProbe), this, rows.Source), () => new SeenOnce(Computed(rows.Source, context))).Pictures;
        return rows.IsView ? all with { Features = all.Features.Take(rows.RowIndex) } : all;
    }

    SeenPictures Computed(Dataset rows, FitContext context)
    {
        // Its own features come last, where the report looks for what speaks for an answer.
        return Beside.IsEmpty ? Own() : SeenPictures.SideBySide([.. Beside.Select(probe => probe.Computed(rows, context)), Own()]);

        SeenPictures Own()
        {
            SeenPictures[] all = [.. Sizes.SelectMany(size => Framings.Select(framing => new PictureFeatures(From, size, framing, Views).Of(rows, context).Last(Stretches, OwnClasses)))];
            if (OwnClasses && all[0].Classes == 0 && rows.Rows > 0) throw new InputException($"The weights of {From.Name} have no classifier, so that {Name} cannot take its classes: leave OwnClasses out.");
            return SeenPictures.Mean(all);
        }
    }

    sealed record SeenOnce(SeenPictures Pictures);

    sealed class ProbeModel(LinearProbe learner, RidgeProbe probe, FitContext context) : ISeesPictures
    {
        // Nothing of the training but where and how to compute.
        readonly FitContext context = new() { Device = context.Device, Threads = context.Threads, Cancel = context.Cancel, Share = context.Share };

        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows) => probe.Predict(learner.Seen(rows, context).Features);

        public Matrix Seen(Dataset rows) => learner.Seen(rows, context).Features;

        public IReadOnlyList<byte[]?> Looks(Dataset rows) =>
            new PictureFeatures(learner.From, learner.Sizes[0], learner.Framings[0], TestViews.Plain).Drawn(rows, context, last => probe.ScoresOfLast(last));

        public void Save(string folder) => probe.Save(folder);

        public void Dispose() { }
    }
}
