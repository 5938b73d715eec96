using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Finds how strong a penalty should be by rows left out.</summary>
/// <param name="Minimum">Rows to learn from, penalty, where to begin → weights.</param>
/// <param name="Loss">Rows to judge by, weights → mean loss.</param>
sealed record PenaltySearch(Func<int[], double, float[]?, float[]> Minimum, Func<int[], float[], double> Loss)
{
    const int HoldoutFrom = 4000;                             // rows from which one inner fold tells penalties apart well enough
    const int LeastRows = 20;

    /// <param name="train">For its answers and groups.</param>
    /// <param name="grid">The strongest penalty first: each solution is the next one's start.</param>
    /// <param name="fallback">What is taken where there are too few rows to leave any out.</param>
    /// <param name="context">Seed and cancellation.</param>
    public double Best(Dataset train, ReadOnlySpan<double> grid, double fallback, FitContext context)
    {
        if (train.Rows < LeastRows) return fallback;
        var fold = InnerFolds.Assign(train, 5, context.Seed);
        var losses = new double[grid.Length];
        for (var f = 0; f < (train.Rows >= HoldoutFrom ? 1 : 5); f++)
        {
            var (learned, judged) = (RowsWhere(fold, n => n != f), RowsWhere(fold, n => n == f));
            if (learned.Length > 0 && judged.Length > 0) Add(losses, learned, judged, grid);
        }
        return grid[Array.IndexOf(losses, losses.Min())];
    }

    void Add(double[] losses, int[] learned, int[] judged, ReadOnlySpan<double> grid)
    {
        float[]? at = null;
        var found = new double[grid.Length];
        Array.Fill(found, double.PositiveInfinity);
        for (var i = 0; i < grid.Length && !(i > 2 && found[i - 1] > found[i - 2] && found[i - 2] > found[i - 3]); i++)
        {
            at = Minimum(learned, grid[i], at);
            found[i] = Loss(judged, at);
        }
        for (var i = 0; i < grid.Length; i++) losses[i] += found[i];
    }

    static int[] RowsWhere(int[] fold, Func<int, bool> holds) => [.. Enumerable.Range(0, fold.Length).Where(row => holds(fold[row]))];
}
