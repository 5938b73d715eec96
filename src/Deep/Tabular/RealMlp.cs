using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>A dense network whose defaults were tuned over a hundred tables.</summary>
/// <remarks>
/// RealMLP-TD: Holzmüller, Grinsztajn, Steinwart, "Better by default", arXiv 2407.04491; defaults as in pytabkit. It always runs all its epochs
/// and keeps the best; 0/1 inputs are scaled but not periodically embedded.
/// </remarks>
public sealed record RealMlp : TabularNet
{
    public LayerWidths Hidden { get; init; } = [256, 256, 256];

    /// <summary>Of each number's periodic embedding.</summary>
    public int Frequencies { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Of the frequencies at the start: more for answers that change fast with a number, such as with a place. The paper's search goes from 0.05 to 0.5.</summary>
    public double Deviation { get; init => field = Require.Positive(value); } = 0.1;

    /// <summary>Falls to 0 over the second half of the training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.15;

    /// <summary>Null: 0.04 for classes, 0.2 for numbers.</summary>
    public double? LearningRate { get; init => field = value is { } v ? Require.Positive(v) : null; }

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.02;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 256;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 256;

    /// <summary>Of classes; null: 0.1, but 0 where the metric scores probabilities.</summary>
    public double? LabelSmoothing { get; init => field = value is { } v ? Require.Between(0, 1, v) : null; }

    /// <summary>It keeps its best epoch.</summary>
    public override bool StopsEarly => true;

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric)
    {
        var target = train.Answers.Target;
        var classes = target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;
        var smoothing = LabelSmoothing ?? (metric is { Need: Need.Probabilities } ? 0 : 0.1);
        return new()
        {
            Kind = nameof(RealMlp),
            Encode = (given, seed) => TableEncoding.Fit(given, columns => new RobustScale { Columns = columns }, oneHotUpTo: 8, seed, scaleIndicators: true),
            Settings = new NetworkSettings { Hidden = Hidden, Dropout = Dropout, Frequencies = Frequencies, Deviation = Deviation, EmbeddingWidth = 8, Variant = classes ? "selu" : "mish" },
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
            JudgedByError = true,
            PrefersLater = true,
            MostThreads = 1,
        };
    }

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new RealMlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
