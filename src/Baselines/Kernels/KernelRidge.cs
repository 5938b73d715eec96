using Kaggle.Baselines.Dummies;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Kernels;

/// <summary>Ridge regression on the likeness of rows: as smooth as a line where that is enough, bent where the rows ask for it.</summary>
/// <remarks>
/// Gaussian kernel exp(−width·|a − b|² / mean squared distance); width and penalty are those with the least exact leave-one-out error on up to
/// a thousand rows. Time grows with the cube of the rows, so at most <see cref="MaxRows"/> are learned from. C. Saunders, A. Gammerman, V. Vovk 1998.
/// </remarks>
public sealed record KernelRidge : ILearner
{
    const int JudgedRows = 1000;

    public string Name { get; init; } = "KernelRidge";

    /// <summary>Of more rows, so many are drawn.</summary>
    public int MaxRows { get; init => field = Require.AtLeast(10, value); } = 4000;

    /// <summary>How quickly likeness falls with distance; null: chosen.</summary>
    public double? Width { get; init => field = value is { } width ? Require.Positive(width) : null; }

    /// <summary>The penalty; null: chosen.</summary>
    public double? Alpha { get; init => field = value is { } alpha ? Require.Positive(alpha) : null; }

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Robust };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    ILearner? ILearner.Quick => null;

    public bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal or TaskKind.Quantile;

    static readonly double[] Widths = [0.01, 0.03, 0.1, 0.3, 1];

    static readonly double[] Alphas = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context.Seed);
        var (rows, y, weights) = (x.Values, train.Answers.Learned, train.Weights ?? default);
        if (Drawn(rows.Rows, MaxRows, context.Seed) is { } drawn)
            (rows, y, weights) = (rows.Take(drawn), y.Take(drawn), weights.IsEmpty ? weights : new Matrix(weights, 1).Take(drawn).Values);
        var scale = 1 / MeanSquaredDistance(rows);
        var (width, alpha) = Best(rows, y, weights, scale, context);
        var solution = KernelSystem.Solve(KernelSystem.Likeness(rows, rows, width * scale), y, weights, alpha, context);
        var quantiles = train.Answers.Target as QuantileTarget;
        return new KernelModel(new(
            features, width * scale, rows.Columns, y.Columns, solution.Means,
            quantiles is null ? null : [.. quantiles.Levels.Select(q => (float)AnswerStatistics.Quantile(solution.Errors, q))]),
            rows, solution.Weights);
    }

    public IModel Load(string folder, FitContext context) => KernelModel.Load(folder);

    (double Width, double Alpha) Best(Matrix rows, Matrix y, ReadOnlyMemory<float> weights, double scale, FitContext context)
    {
        if (Width is { } givenWidth && Alpha is { } givenAlpha) return (givenWidth, givenAlpha);
        if (Drawn(rows.Rows, JudgedRows, context.Seed + 1) is { } drawn)
            (rows, y, weights) = (rows.Take(drawn), y.Take(drawn), weights.IsEmpty ? weights : new Matrix(weights, 1).Take(drawn).Values);
        var (best, least) = ((Width ?? Widths[0], Alpha ?? Alphas[0]), double.PositiveInfinity);
        foreach (var width in Width is { } w ? [w] : Widths)
        {
            var likeness = KernelSystem.Likeness(rows, rows, width * scale);
            foreach (var alpha in Alpha is { } a ? [a] : Alphas)
            {
                var loss = KernelSystem.Solve(likeness, y, weights, alpha, context).Errors.Sum(e => (double)e * e);
                if (loss < least) (best, least) = ((width, alpha), loss);
            }
        }
        return best;
    }

    static int[]? Drawn(int rows, int most, int seed)
    {
        if (rows <= most) return null;
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(seed).Shuffle(order);
        Array.Resize(ref order, most);
        Array.Sort(order);
        return order;
    }

    /// <summary>Twice the summed variances of the features.</summary>
    static double MeanSquaredDistance(Matrix rows)
    {
        double all = 0;
        for (var j = 0; j < rows.Columns; j++)
        {
            double sum = 0, squares = 0;
            for (var i = 0; i < rows.Rows; i++) (sum, squares) = (sum + rows[i, j], squares + (double)rows[i, j] * rows[i, j]);
            all += squares / rows.Rows - sum / rows.Rows * (sum / rows.Rows);
        }
        return Math.Max(1e-9, 2 * all);
    }
}
