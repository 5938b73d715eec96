using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>A network of dense layers over entity embeddings, batch-normed numbers and their piecewise-linear embeddings, trained in one cycle.</summary>
/// <remarks>
/// fastai's TabularModel (fastai/tabular/model.py) and its defaults, with Gorishniy's embeddings of numbers (arXiv 2203.05556), which plain
/// dense layers lack most; epochs and batch follow from the number of rows.
/// </remarks>
public sealed record Mlp : TabularNet
{
    /// <summary>Widths of the hidden layers.</summary>
    public LayerWidths Hidden { get; init; } = [200, 100];

    /// <summary>The share of hidden values dropped while training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.15;

    /// <summary>The share of embedded values dropped while training.</summary>
    public double EmbeddingDropout { get; init => field = Require.Between(0, 0.99, value); }

    /// <summary>Of the numbers' piecewise-linear embeddings; null: one for each 150 rows, 2 to 48; 0: none, as in fastai.</summary>
    public int? Bins { get; init => field = value is { } v ? Require.AtLeast(0, v) : null; }

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init => field = Require.AtLeast(1, value); } = 8;

    public double LearningRate { get; init => field = Require.Positive(value); } = 2e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    /// <summary>Null: 60 on a thousand rows, falling to 5 on a million.</summary>
    public int? Epochs { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    /// <summary>Null: 64 on a thousand rows, rising to 1024.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    public ISchedule Schedule { get; init; } = new OneCycle();

    /// <summary>One cycle ends at its best; rows held back would only be lost.</summary>
    public override bool StopsEarly => false;

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric) => new()
    {
        Kind = nameof(Mlp),
        Encode = (given, seed) => TableEncoding.Fit(given, columns => Scaled(columns), oneHotUpTo: 0, seed),
        Settings = new NetworkSettings { Hidden = Hidden, Dropout = Dropout, EmbeddingDropout = EmbeddingDropout, Bins = Bins ?? RowRules.Bins(train.Rows), EmbeddingWidth = EmbeddingWidth },
        Build = Build,
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay },
        Schedule = Schedule,
        Epochs = Epochs ?? RowRules.Epochs(train.Rows, most: 60, least: 5),
        BatchSize = BatchSize ?? RowRules.Batch(train.Rows, least: 64, most: 1024),
        MostThreads = 1,
    };

    // Outer bins go on beyond the training rows: what they are given must not run away.
    IEncoder Scaled(NameList columns) => Bins != 0 ? new QuantileNormal { Columns = columns } : new Standardise { Columns = columns };

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new MlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
