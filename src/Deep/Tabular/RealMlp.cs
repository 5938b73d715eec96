using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>A dense network whose defaults were tuned over a hundred tables.</summary>
/// <remarks>
/// RealMLP-TD: Holzmüller, Grinsztajn, Steinwart, "Better by default", arXiv 2407.04491; defaults as in pytabkit. It always runs all its epochs
/// and keeps the best; 0/1 inputs are scaled but not periodically embedded.
/// </remarks>
public sealed record RealMlp : IFindsRate
{
    public string Name { get; init; } = "realmlp";

    public LayerWidths Hidden { get; init; } = [256, 256, 256];

    /// <summary>Falls to 0 over the second half of the training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.15;

    /// <summary>Null: 0.04 for classes, 0.2 for numbers.</summary>
    public double? LearningRate { get; init => field = value is { } v ? Require.Positive(v) : null; }

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.02;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 256;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 256;

    /// <summary>Of classes; null: 0.1, but 0 where the metric scores probabilities.</summary>
    public double? LabelSmoothing { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    /// <summary>Other views of the rows to predict too; null: none.</summary>
    public NoisyViews? Views { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Float32;

    public ColumnKind Uses => TableEncoding.Uses;

    public bool Learns(TaskKind task) => true;

    /// <summary>It keeps its best epoch.</summary>
    public bool StopsEarly => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        TabularTraining.Fit(Recipe(train, context.Metric), train, validation, context);

    public RateCurve FindRate(Dataset train, FitContext context) => TabularTraining.FindRate(Recipe(train, context.Metric), train, context);

    public IModel Load(string folder, FitContext context) => TabularModel.Load(folder, nameof(RealMlp), Build, context);

    TabularRecipe Recipe(Dataset train, Metric? metric)
    {
        var target = train.Answers.Target;
        var classes = target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;
        var smoothing = LabelSmoothing ?? (metric is { Need: Need.Probabilities } ? 0 : 0.1);
        return new()
        {
            Kind = nameof(RealMlp),
            Encode = (rows, seed) => TableEncoding.Fit(rows, columns => new RobustScale { Columns = columns }, oneHotUpTo: 8, seed, scaleIndicators: true),
            Settings = new NetworkSettings { Hidden = Hidden, Dropout = Dropout, EmbeddingWidth = 8, Variant = classes ? "selu" : "mish" },
            Build = Build,
            Groups = network => ((RealMlpNetwork)network).Groups(),
            Loss = Loss ?? target switch
            {
                BinaryTarget or LabelsTarget => new LogisticLoss { Smoothing = smoothing / 2 },
                ClassTarget => new CrossEntropyLoss { Smoothing = smoothing },
                _ => null,
            },
            Update = new AdamW { Rate = LearningRate ?? (classes ? 0.04 : 0.2), Decay = WeightDecay, Beta2 = 0.95, Epsilon = 1e-8 },
            Schedule = new FourCycles(),
            DropoutFactor = FourCycles.FlatThenCosine,
            Epochs = Epochs,
            BatchSize = BatchSize,
            Clamp = true,
            JudgedByError = true,
            PrefersLater = true,
            Views = Views,
            MostThreads = 1,
            Precision = Precision,
        };
    }

    static Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new RealMlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
