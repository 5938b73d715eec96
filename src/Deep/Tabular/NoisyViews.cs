using Kaggle.Core.Data;

namespace Kaggle.Deep.Tabular;

/// <summary>Test-time augmentation of tables: rows predicted again with a little noise on their encoded numbers. It counts only where it scores better out of fold.</summary>
public sealed record NoisyViews
{
    public int Count { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>The noise's deviation, in units of the encoded numbers, which have a deviation near 1.</summary>
    public double Noise { get; init => field = Require.Positive(value); } = 0.05;

    /// <summary>The plain prediction's share.</summary>
    public double PlainShare { get; init => field = Require.Between(0, 1, value); } = 0.25;
}
