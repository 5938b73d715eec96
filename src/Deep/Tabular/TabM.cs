using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Tabular;

/// <summary>An ensemble of networks that share nearly all weights and are trained as one; the best single kind of network over tables.</summary>
/// <remarks>
/// Gorishniy and others, TabM, arXiv 2410.24210: mini with piecewise-linear embeddings, quantile-normalised numbers, AdamW at a constant rate, gradients clipped at 1.
/// Width and batch are smaller on few rows, where they cost time and win nothing.
/// </remarks>
public sealed record TabM : PatientNet
{
    public TabM() => (Precision, LearningRate, WeightDecay, Epochs) = (TrainingPrecision.BFloat16, 2e-3, 3e-4, 160);

    /// <summary>How many networks share the weights.</summary>
    public int Members { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>Of the hidden layers; null: 96 up to 5,000 rows, then 256.</summary>
    public int? Width { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>How many hidden layers.</summary>
    public int Blocks { get; init => field = Require.AtLeast(0, value); } = 2;

    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.1;

    /// <summary>Of the piecewise-linear embeddings.</summary>
    public int Bins { get; init => field = Require.AtLeast(1, value); } = 48;

    /// <summary>The length of a number's embedding; null: 8 up to 5,000 rows, then 16.</summary>
    public int? EmbeddingWidth { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>Scales for each member at every layer, not at the first alone: slower, seldom better.</summary>
    public bool Full { get; init; }

    /// <summary>Null: 128 up to 5,000 rows, then 256, from 200,000 on 1024.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    private protected override TabularNet? Quick => null;

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric)
    {
        var few = train.Rows <= 5000;
        return new()
        {
            Kind = nameof(TabM),
            Encode = (given, seed) => TableEncoding.Fit(given, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 50, seed),
            Settings = new NetworkSettings
            {
                Members = Members,
                Hidden = LayerWidths.Of([.. Enumerable.Repeat(Width ?? (few ? 96 : 256), Blocks)]),
                Dropout = Dropout,
                Bins = Bins,
                EmbeddingWidth = EmbeddingWidth ?? (few ? 8 : 16),
                Variant = Full ? "full" : "mini",
            },
            Build = Build,
            Update = Update,
            Epochs = EpochsOf(hasValidation),
            BatchSize = BatchSize ?? (few ? 128 : train.Rows < 200_000 ? 256 : 1024),
            Clip = 1,
            Patience = Patience,
        };
    }

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new TabMNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
