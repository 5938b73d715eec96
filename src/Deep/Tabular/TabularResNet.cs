using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;

namespace Kaggle.Deep.Tabular;

/// <summary>A residual network over quantile-normalised numbers: deeper than <see cref="Mlp"/>, a different member for a blend.</summary>
/// <remarks>Gorishniy and others, "Revisiting deep learning models for tabular data", arXiv 2106.11959, with their embeddings of numbers, arXiv 2203.05556.</remarks>
public sealed record TabularResNet : IFindsRate
{
    public string Name { get; init; } = "resnet";

    public int Width { get; init => field = Require.AtLeast(1, value); } = 192;

    public int Blocks { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>Inside each block.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.25;

    /// <summary>Of the numbers' piecewise-linear embeddings; 0: none.</summary>
    public int Bins { get; init => field = Require.AtLeast(0, value); } = 48;

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init => field = Require.AtLeast(1, value); } = 8;

    public double LearningRate { get; init => field = Require.Positive(value); } = 1e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 1e-4;

    /// <summary>At most so many; with nothing to stop early on, a quarter of them.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 160;

    /// <summary>Epochs without a better one that are waited for.</summary>
    public int Patience { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Null: a hundredth of the rows, 64 to 512.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    /// <summary>Other views of the rows to predict too; null: none.</summary>
    public NoisyViews? Views { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    public ColumnKind Uses => TableEncoding.Uses;

    public bool Learns(TaskKind task) => true;

    public bool StopsEarly => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        TabularTraining.Fit(Recipe(train.Rows, hasValidation: validation is { Rows: > 0 }), train, validation, context);

    public RateCurve FindRate(Dataset train, FitContext context) => TabularTraining.FindRate(Recipe(train.Rows, hasValidation: false), train, context);

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, nameof(TabularResNet), Build, context);

    TabularRecipe Recipe(int rows, bool hasValidation) => new()
    {
        Kind = nameof(TabularResNet),
        Encode = (train, seed) => TableEncoding.Fit(train, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 8, seed),
        Settings = new NetworkSettings { Hidden = LayerWidths.Of([.. Enumerable.Repeat(Width, Blocks)]), Dropout = Dropout, Bins = Bins, EmbeddingWidth = EmbeddingWidth },
        Build = Build,
        Loss = Loss,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay, Beta2 = 0.999, Epsilon = 1e-8 },
        Epochs = hasValidation ? Epochs : Math.Max(1, Epochs / 4),
        BatchSize = BatchSize ?? RowRules.Batch(rows, least: 64, most: 512),
        Patience = Patience,
        Views = Views,
        MostThreads = 1,
        Precision = Precision,
    };

    static Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new TabularResNetNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
