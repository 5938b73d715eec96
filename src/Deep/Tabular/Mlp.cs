using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>A network of dense layers over entity embeddings, batch-normed numbers and their piecewise-linear embeddings, trained in one cycle.</summary>
/// <remarks>
/// fastai's TabularModel (fastai/tabular/model.py) and its defaults, with Gorishniy's embeddings of numbers (arXiv 2203.05556), which plain
/// dense layers lack most; epochs and batch follow from the number of rows.
/// </remarks>
public sealed record Mlp : IFindsRate
{
    public string Name { get; init; } = "mlp";

    /// <summary>Widths of the hidden layers.</summary>
    public LayerWidths Hidden { get; init; } = [200, 100];

    /// <summary>The share of hidden values dropped while training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.15;

    /// <summary>The share of embedded values dropped while training.</summary>
    public double EmbeddingDropout { get; init => field = Require.Between(0, 0.99, value); }

    /// <summary>Of the numbers' piecewise-linear embeddings; 0: none, as in fastai.</summary>
    public int Bins { get; init => field = Require.AtLeast(0, value); } = 48;

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init => field = Require.AtLeast(1, value); } = 8;

    public double LearningRate { get; init => field = Require.Positive(value); } = 2e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    /// <summary>Null: 60 on a thousand rows, falling to 5 on a million.</summary>
    public int? Epochs { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>Null: 64 on a thousand rows, rising to 1024.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    public ISchedule Schedule { get; init; } = new OneCycle();

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    /// <summary>Other views of the rows to predict too; null: none.</summary>
    public NoisyViews? Views { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    public ColumnKind Uses => TableEncoding.Uses;

    public bool Learns(TaskKind task) => true;

    /// <summary>One cycle ends at its best; rows held back would only be lost.</summary>
    public bool StopsEarly => false;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        TabularTraining.Fit(Recipe(train.Rows), train, validation, context);

    public RateCurve FindRate(Dataset train, FitContext context) => TabularTraining.FindRate(Recipe(train.Rows), train, context);

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, nameof(Mlp), Build, context);

    TabularRecipe Recipe(int rows) => new()
    {
        Kind = nameof(Mlp),
        Encode = (train, seed) => TableEncoding.Fit(train, columns => Scaled(columns), oneHotUpTo: 0, seed),
        Settings = new NetworkSettings { Hidden = Hidden, Dropout = Dropout, EmbeddingDropout = EmbeddingDropout, Bins = Bins, EmbeddingWidth = EmbeddingWidth },
        Build = Build,
        Loss = Loss,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay },
        Schedule = Schedule,
        Epochs = Epochs ?? RowRules.Epochs(rows, most: 60, least: 5),
        BatchSize = BatchSize ?? RowRules.Batch(rows, least: 64, most: 1024),
        Clamp = true,                                         // beyond what was seen a ramp of numbers runs away
        Views = Views,
        MostThreads = 1,
        Precision = Precision,
    };

    // Outer bins go on beyond the training rows: what they are given must not run away.
    IEncoder Scaled(NameList columns) => Bins > 0 ? new QuantileNormal { Columns = columns } : new Standardise { Columns = columns };

    static Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new MlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
