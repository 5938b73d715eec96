using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Recipes;

namespace Kaggle.Deep.Tabular;

/// <summary>What the networks over tables have in common: how they train besides their own recipe, and the way from rows to a model.</summary>
public abstract record TabularNet : IFindsRate
{
    private protected TabularNet() => Name = GetType().Name;

    public string Name { get; init; }

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    /// <summary>Whether predictions of numbers stay within those of the training rows: beyond what was seen a network runs away.</summary>
    public bool Clamp { get; init; } = true;

    /// <summary>A mean of weights to judge and keep; null: the best epoch's own, or the last's.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>How many networks one training leaves, whose predictions are averaged: with more than one the rate falls and rises so many times, and nothing stops it early.</summary>
    public int Snapshots { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>The share of the rows that is learned from, drawn once; below 1 for quick trials.</summary>
    public double RowShare { get; init => field = Require.Between(0.0001, 1, value); } = 1;

    /// <summary>The share of each epoch's batches that is learned from; below 1 for quick trials.</summary>
    public double EpochShare { get; init => field = Require.Between(0.0001, 1, value); } = 1;

    /// <summary>Other views of the rows to predict too; null: none.</summary>
    public NoisyViews? Views { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    public ColumnKind Uses => TableEncoding.Uses;

    public abstract bool StopsEarly { get; }

    ILearner? ILearner.Quick => Quick;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        train = Drawn(train, context.Seed);
        return TabularTraining.Fit(Whole(train, validation is { Rows: > 0 }, context.Metric), train, validation, context);
    }

    public RateCurve FindRate(Dataset train, FitContext context)
    {
        train = Drawn(train, context.Seed);
        return TabularTraining.FindRate(Whole(train, hasValidation: false, context.Metric), train, context);
    }

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, GetType().Name, Build, context);

    /// <inheritdoc cref="ILearner.Quick"/>
    private protected virtual TabularNet? Quick => this;

    private protected abstract BuildNetwork Build { get; }

    /// <summary>The network's own recipe; what stands in this record's settings is added to it.</summary>
    /// <param name="train">All that is learned from.</param>
    /// <param name="hasValidation">Whether there are rows to stop early on.</param>
    /// <param name="metric">The competition's; null: there is none.</param>
    private protected abstract TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric);

    TabularRecipe Whole(Dataset train, bool hasValidation, Metric? metric)
    {
        var own = Recipe(train, hasValidation, metric);
        return own with
        {
            Loss = Loss ?? own.Loss,
            Clamp = Clamp,
            Averaging = Averaging,
            Snapshots = Snapshots,
            Patience = Snapshots > 1 ? null : own.Patience,
            EpochShare = EpochShare,
            Views = Views,
            Precision = Precision,
        };
    }

    Dataset Drawn(Dataset train, int seed)
    {
        if (RowShare == 1 || train.Rows == 0) return train;
        var order = Enumerable.Range(0, train.Rows).ToArray();
        new Draws(seed).Shuffle(order);
        return train.Take([.. order[..Math.Max(1, (int)Math.Round(RowShare * train.Rows))].Order()]);
    }
}
