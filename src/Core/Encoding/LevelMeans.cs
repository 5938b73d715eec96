using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>The smoothed mean answer of each level over some of the rows.</summary>
/// <remarks>
/// With a number m: (sum + m·prior) / (count + m). Without: λ·mean + (1 − λ)·prior, where λ = var·count / (var·count + var within the level).
/// </remarks>
sealed class LevelMeans
{
    readonly double[] counts;                                 // by code; the last is missing
    readonly float[] means;                                   // (codes + 1, outputs)
    readonly double[] priors;

    public LevelMeans(CategoryColumn column, Matrix answers, double? smoothing, Func<int, bool> of)
    {
        var codes = column.Codes.Span;
        var outputs = answers.Columns;
        var levels = column.Levels.Length + 1;
        counts = new double[levels];
        means = new float[levels * outputs];
        priors = new double[outputs];
        var rows = 0;
        for (var row = 0; row < codes.Length; row++)
            if (of(row)) rows++;
        var everyRow = rows == 0;                             // a single row has no others to learn from
        if (everyRow) rows = codes.Length;

        var (sums, squares, variances) = (new double[levels * outputs], new double[levels * outputs], new double[outputs]);
        for (var row = 0; row < codes.Length; row++)
            if (everyRow || of(row))
                for (var k = 0; k < outputs; k++) priors[k] += (double)answers[row, k] / rows;
        for (var row = 0; row < codes.Length; row++)
        {
            if (!everyRow && !of(row)) continue;
            var at = codes[row] < 0 ? levels - 1 : codes[row];
            if (!everyRow) counts[at]++;
            for (var k = 0; k < outputs; k++)
            {
                var away = answers[row, k] - priors[k];       // from the mean: squares of large numbers lose their digits
                variances[k] += away * away / rows;
                if (everyRow) continue;
                sums[at * outputs + k] += away;
                squares[at * outputs + k] += away * away;
            }
        }
        for (var at = 0; at < levels; at++)
            for (var k = 0; k < outputs; k++)
                means[at * outputs + k] = (float)(priors[k] + Away(counts[at], sums[at * outputs + k], squares[at * outputs + k], variances[k], smoothing));
    }

    public bool Saw(int code) => counts[code] > 0;

    public float Prior(int output) => (float)priors[output];

    /// <param name="code">−1 for missing.</param>
    /// <param name="output">Which target or class.</param>
    public float Of(int code, int output) => means[(code < 0 ? counts.Length - 1 : code) * priors.Length + output];

    static double Away(double count, double sum, double squares, double variance, double? smoothing)
    {
        if (count == 0) return 0;
        if (smoothing is { } m) return sum / (count + m);
        var within = Math.Max(0, squares / count - sum / count * (sum / count));
        var between = variance * count;
        return between + within == 0 ? sum / count : between / (between + within) * sum / count;
    }
}
