using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Optimizers;

namespace Kaggle.Deep.Tabular;

/// <summary>A transformer whose tokens are the columns: it finds which columns matter together. Slow on the processor, and slower with every column.</summary>
/// <remarks>Gorishniy and others, "Revisiting deep learning models for tabular data", arXiv 2106.11959; their default settings.</remarks>
public sealed record FtTransformer : TabularNet
{
    public FtTransformer() => Precision = TrainingPrecision.BFloat16;

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

    public override bool StopsEarly => true;

    private protected override TabularNet? Quick => null;

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric)
    {
        if (Width % Heads != 0) throw new InputException($"FtTransformer.Width is {Width}, and that is no multiple of its {Heads} heads. Take {(Width + Heads - 1) / Heads * Heads}.");
        return new()
        {
            Kind = nameof(FtTransformer),
            Encode = (given, seed) => TableEncoding.Fit(given, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 0, seed),
            Settings = new NetworkSettings
            {
                Hidden = LayerWidths.Of([.. Enumerable.Repeat(Width, Layers)]),
                Heads = Heads,
                AttentionDropout = AttentionDropout,
                Dropout = Dropout,
            },
            Build = Build,
            Groups = network => ((FtTransformerNetwork)network).Groups(),
            Update = new AdamW { Rate = LearningRate, Decay = WeightDecay, Beta2 = 0.999, Epsilon = 1e-8 },
            Epochs = hasValidation ? Epochs : Math.Max(1, Epochs / 4),
            BatchSize = BatchSize ?? (train.Rows <= 5000 ? 64 : 256),
            Patience = Patience,
        };
    }

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new FtTransformerNetwork(inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
