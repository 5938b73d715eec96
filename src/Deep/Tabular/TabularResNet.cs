using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;

namespace Kaggle.Deep.Tabular;

/// <summary>A residual network over quantile-normalised numbers: deeper than <see cref="Mlp"/>, a different member for a blend.</summary>
/// <remarks>Gorishniy and others, "Revisiting deep learning models for tabular data", arXiv 2106.11959, with their embeddings of numbers, arXiv 2203.05556.</remarks>
public sealed record TabularResNet : PatientNet
{
    public TabularResNet() => (LearningRate, WeightDecay, Epochs) = (1e-3, 1e-4, 160);

    public int Width { get; init => field = Require.AtLeast(1, value); } = 192;

    public int Blocks { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>Inside each block.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.25;

    /// <summary>Of the numbers' piecewise-linear embeddings; null: one for each 150 rows, 2 to 48; 0: none.</summary>
    public int? Bins { get; init => field = value is { } v ? Require.AtLeast(0, v) : null; }

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Null: a hundredth of the rows, 64 to 512.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric) => new()
    {
        Kind = nameof(TabularResNet),
        Encode = (given, seed) => TableEncoding.Fit(given, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 8, seed),
        Settings = new NetworkSettings { Hidden = LayerWidths.Of([.. Enumerable.Repeat(Width, Blocks)]), Dropout = Dropout, Bins = Bins ?? RowRules.Bins(train.Rows), EmbeddingWidth = EmbeddingWidth },
        Build = Build,
        Update = Update,
        Epochs = EpochsOf(hasValidation),
        BatchSize = BatchSize ?? RowRules.Batch(train.Rows, least: 64, most: 512),
        Patience = Patience,
        MostThreads = 1,
    };

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new TabularResNetNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
