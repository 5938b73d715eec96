using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;

namespace Kaggle.Deep.Tabular;

/// <summary>A transformer whose tokens are the columns: it finds which columns matter together. Slow on the processor, and slower with every column.</summary>
/// <remarks>Gorishniy and others, "Revisiting deep learning models for tabular data", arXiv 2106.11959; their default settings.</remarks>
public sealed record FtTransformer : IFindsRate
{
    public string Name { get; init; } = "fttransformer";

    /// <summary>How many layers.</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>A token's length; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 192;

    public int Heads { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Of the shares that tokens have in each other.</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 0.99, value); } = 0.2;

    /// <summary>Inside the dense parts.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.1;

    public double LearningRate { get; init => field = Require.Positive(value); } = 1e-4;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 1e-5;

    /// <summary>Null: 64 up to 5,000 rows, then 256.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>At most so many; with nothing to stop early on, a quarter of them.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 120;

    /// <summary>Epochs without a better one that are waited for.</summary>
    public int Patience { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    public ColumnKind Uses => TableEncoding.Uses;

    public bool Learns(TaskKind task) => true;

    public bool StopsEarly => true;

    ILearner? ILearner.Quick => null;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (Width % Heads != 0) throw new InputException($"FtTransformer.Width is {Width}, and that is no multiple of its {Heads} heads. Take {(Width + Heads - 1) / Heads * Heads}.");
        return TabularTraining.Fit(Recipe(train.Rows, hasValidation: validation is { Rows: > 0 }), train, validation, context);
    }

    public RateCurve FindRate(Dataset train, FitContext context) => TabularTraining.FindRate(Recipe(train.Rows, hasValidation: false), train, context);

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, nameof(FtTransformer), Build, context);

    TabularRecipe Recipe(int rows, bool hasValidation) => new()
    {
        Kind = nameof(FtTransformer),
        Encode = (train, seed) => TableEncoding.Fit(train, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 0, seed),
        Settings = new NetworkSettings
        {
            Hidden = LayerWidths.Of([.. Enumerable.Repeat(Width, Layers)]),
            Heads = Heads,
            AttentionDropout = AttentionDropout,
            Dropout = Dropout,
        },
        Build = Build,
        Groups = network => ((FtTransformerNetwork)network).Groups(),
        Loss = Loss,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay, Beta2 = 0.999, Epsilon = 1e-8 },
        Epochs = hasValidation ? Epochs : Math.Max(1, Epochs / 4),
        BatchSize = BatchSize ?? (rows <= 5000 ? 64 : 256),
        Patience = Patience,
        Precision = Precision,
    };

    static Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new FtTransformerNetwork(inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
