using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;
using Kaggle.Deep.Layers;

namespace Kaggle.Deep.Tabular;

/// <summary>A transformer whose tokens are the columns: it finds which columns matter together. Slow on the processor, and slower with every column.</summary>
/// <remarks>Gorishniy and others, "Revisiting deep learning models for tabular data", arXiv 2106.11959; their default settings.</remarks>
public sealed record FtTransformer : PatientNet
{
    public FtTransformer() => (Precision, LearningRate, WeightDecay, Epochs) = (TrainingPrecision.BFloat16, 1e-4, 1e-5, 120);

    /// <summary>How many layers.</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>A token's length; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 192;

    public int Heads { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Of the shares that tokens have in each other.</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 0.99, value); } = 0.2;

    /// <summary>Inside the dense parts.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.1;

    /// <summary>Null: 64 up to 5,000 rows, then 256.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

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
            Update = Update,
            Epochs = EpochsOf(hasValidation),
            BatchSize = BatchSize ?? (train.Rows <= 5000 ? 64 : 256),
            Patience = Patience,
        };
    }

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new FtTransformerNetwork(inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
