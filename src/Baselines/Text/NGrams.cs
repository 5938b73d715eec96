using Kaggle.Core.Data;

namespace Kaggle.Baselines.Text;

/// <summary>Which pieces of texts are counted, and which of them are kept as features.</summary>
/// <param name="Least">The shortest piece: words, or letters.</param>
/// <param name="Most">The longest.</param>
public sealed record NGrams(int Least, int Most)
{
    public int Least { get; } = Require.AtLeast(1, Least);

    public int Most { get; } = Require.AtLeast(Require.AtLeast(1, Least), Most);

    /// <summary>Pieces that fewer of the training texts have are dropped.</summary>
    public int MinTexts { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Pieces that a greater share of the training texts have are dropped.</summary>
    public double MaxShare { get; init => field = Require.Between(0.001, 1, value); } = 1;

    /// <summary>At most so many are kept, those first that most texts have; null: all.</summary>
    public int? MaxFeatures { get; init => field = value is { } most ? Require.AtLeast(1, most) : null; }
}
