using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>How much each row counts: 1 where no weights are given.</summary>
readonly ref struct RowWeights
{
    readonly ReadOnlySpan<float> weights;

    /// <exception cref="InputException">Not one weight a row, a weight below 0, or all of them 0.</exception>
    public RowWeights(ReadOnlySpan<float> weights, int rows)
    {
        if (weights.IsEmpty)
        {
            Total = rows;
            return;
        }
        if (weights.Length != rows) throw new InputException($"{weights.Length} weights for {rows} rows; there must be one for each row.");
        for (var row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0)) throw new InputException($"The weight of row {row + 1} is {weights[row]}; it must not be below 0.");
            Total += weights[row];
        }
        if (Total == 0) throw new InputException("All rows have the weight 0: nothing is left to score.");
        this.weights = weights;
    }

    public double Total { get; }

    public bool AllAlike => weights.IsEmpty;

    public double this[int row] => weights.IsEmpty ? 1 : weights[row];
}
