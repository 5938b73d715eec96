namespace Kaggle.Core.Ensembling;

/// <summary>Minimises ½ xᵀAx − bᵀx, some of x not below 0, by coordinate descent. A is symmetric and positive definite.</summary>
static class BoundedQuadratic
{
    /// <param name="a">(n, n)</param>
    /// <param name="b">(n)</param>
    /// <param name="start">(n) changed into the solution.</param>
    /// <param name="bounded">(n) which may not go below 0.</param>
    public static double[] Minimise(double[,] a, double[] b, double[] start, bool[] bounded)
    {
        var x = start;
        for (var sweep = 0; sweep < 10_000; sweep++)
        {
            var moved = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var slope = -b[i];
                for (var j = 0; j < x.Length; j++) slope += a[i, j] * x[j];
                var to = x[i] - slope / a[i, i];
                if (bounded[i]) to = Math.Max(0, to);
                moved = Math.Max(moved, Math.Abs(to - x[i]) * Math.Sqrt(a[i, i]));
                x[i] = to;
            }
            if (moved < 1e-10) break;
        }
        return x;
    }
}
