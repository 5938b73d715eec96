using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Metrics;

namespace Kaggle.Deep.Tabular;

/// <summary>Nearest neighbours in a space that is learned: strong where the answer changes smoothly (places, prices, chemistry), and unlike trees and other networks.</summary>
/// <remarks>
/// ModernNCA: Ye and others, arXiv 2407.03257; settings of TALENT, but for the number of rows drawn at a step, which bounds the time. The model
/// keeps training rows: the file is as large as they are.
/// </remarks>
public sealed record ModernNca : PatientNet
{
    public ModernNca() => (LearningRate, WeightDecay, Epochs) = (0.01, 2e-4, 120);

    /// <summary>Numbers that a row's place has.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>Widths of dense blocks that bend the space; none: it is linear in the embedded columns.</summary>
    public LayerWidths Blocks { get; init; } = [];

    /// <summary>In the blocks.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.1;

    /// <summary>Of the numbers' periodic embeddings.</summary>
    public int Frequencies { get; init => field = Require.AtLeast(1, value); } = 77;

    /// <summary>Of the frequencies at the start: the larger, the finer what is told apart.</summary>
    public double Deviation { get; init => field = Require.Positive(value); } = 0.0443;

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init => field = Require.AtLeast(1, value); } = 34;

    /// <summary>The larger, the more rows have a say.</summary>
    public double Temperature { get; init => field = Require.Positive(value); } = 1;

    /// <summary>The most training rows that vote; of more, so many are kept at random.</summary>
    public int Kept { get; init => field = Require.AtLeast(1, value); } = 30_000;

    /// <summary>The share of the kept rows that vote at a step.</summary>
    public double DrawnShare { get; init => field = Require.Between(0.001, 1, value); } = 0.5;

    /// <summary>The most rows that vote at a step, besides the batch.</summary>
    public int Drawn { get; init => field = Require.AtLeast(1, value); } = 6000;

    /// <summary>Null: a tenth of the rows, 64 to 1024.</summary>
    public int? BatchSize { get; init => field = value is { } v ? Require.AtLeast(1, v) : null; }

    private protected override TabularNet? Quick => null;

    private protected override TabularRecipe Recipe(Dataset train, bool hasValidation, Metric? metric)
    {
        var kept = Math.Clamp(train.Rows, 1, Kept);
        return new()
        {
            Kind = nameof(ModernNca),
            Encode = (given, seed) => TableEncoding.Fit(given, columns => new QuantileNormal { Columns = columns, Noise = 1e-5 }, oneHotUpTo: 50, seed),
            Settings = new NetworkSettings
            {
                Hidden = [Width, .. Blocks],
                Dropout = Dropout,
                Frequencies = Frequencies,
                Deviation = Deviation,
                EmbeddingWidth = EmbeddingWidth,
                Temperature = Temperature,
                Kept = kept,
                Drawn = Math.Clamp((int)(kept * DrawnShare), 1, Drawn),
                Variant = train.Answers.Task switch
                {
                    TaskKind.Multiclass => "classes",
                    TaskKind.Binary or TaskKind.Multilabel => "chances",
                    TaskKind.Quantile => "quantiles",
                    _ => "numbers",
                },
            },
            Build = Build,
            Update = Update,
            Epochs = EpochsOf(hasValidation),
            BatchSize = BatchSize ?? Math.Clamp(train.Rows / 10, 64, 1024),
            Patience = Patience,
        };
    }

    private protected override BuildNetwork Build => (settings, inputs, outputs, random, compute) =>
        new ModernNcaNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
