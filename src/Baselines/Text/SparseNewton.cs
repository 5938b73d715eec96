using System.Numerics.Tensors;

namespace Kaggle.Baselines.Text;

/// <summary>Newton's steps to the least mean loss plus penalty · |b|²/2, each solved by conjugate gradients as far as it is worth.</summary>
/// <remarks>
/// What LIBLINEAR does (C.-J. Lin, R. Weng, S. Keerthi, JMLR 9, 2008; L. Galli, C.-J. Lin, 2021): a step's length is found on the rows' sums alone, without
/// touching their features, and the system is scaled by its diagonal. The intercepts, which stand last, are not penalised.
/// </remarks>
/// <param name="pass">The rows.</param>
/// <param name="rows">Those learned from.</param>
/// <param name="outputs">Sums a row.</param>
/// <param name="loss">What the sums cost.</param>
/// <param name="all">The rows' weights added up.</param>
/// <param name="penalty">On the squared weights, beside the mean loss.</param>
/// <param name="cancel">Ends the search.</param>
sealed class SparseNewton(SparsePass pass, int[] rows, int outputs, SparseLogistic loss, double all, double penalty, CancellationToken cancel)
{
    const double Tolerance = 1e-5;                             // of the mean loss's slope: below it no label changes
    const double Forcing = 0.1;                                // how much of a step's residual is left
    const double Noise = 1e-9;                                 // of the loss: float32 sums tell no less apart
    const int MostSteps = 60, MostRounds = 60;

    readonly int penalised = pass.Size - outputs;
    readonly float[] narrow = new float[pass.Size];
    readonly double[] slopes = new double[pass.Size], direction = new double[pass.Size];

    // (rows, outputs) of all rows of the pass: sums, how the step changes them, one round's share of that, sums and chances where a length is tried.
    float[] sums = PerRow(pass, outputs), tried = PerRow(pass, outputs);
    readonly float[] along = PerRow(pass, outputs), round = PerRow(pass, outputs), chances = PerRow(pass, outputs);

    /// <param name="at">(features + 1, outputs) where to begin; changed into the minimum.</param>
    public void Minimise(double[] at)
    {
        pass.Run(rows, Narrow(at), (row, own) => { own.CopyTo(Of(sums, row)); return 0; }, []);
        var value = Try(0, at);
        (sums, tried) = (tried, sums);
        double[]? scale = null;
        for (var step = 0; step < MostSteps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            pass.Run(rows, null, (row, own) => { Of(chances, row).CopyTo(own); loss.Slopes(row, own); return 0; }, slopes);
            Complete(slopes, at);
            if (Math.Abs(TensorPrimitives.MaxMagnitude<double>(slopes)) <= Tolerance) return;
            scale ??= Diagonal();
            if (!Solve(scale)) return;
            var descent = TensorPrimitives.Dot<double>(direction, slopes);
            var length = 1.0;
            double next;
            while ((next = Try(length, at)) > value + 1e-4 * length * descent + Noise * Math.Abs(value))
                if ((length /= 2) < 1e-8) return;              // nothing smaller can be told apart
            TensorPrimitives.MultiplyAdd(direction, length, at, at);
            (sums, tried) = (tried, sums);
            if (value - next <= Noise * Math.Abs(next)) return;
            value = next;
        }
    }

    /// <returns>The value where the step of this length ends; its chances are kept.</returns>
    double Try(double length, double[] at)
    {
        var total = pass.Run(rows, null, (row, own) =>
        {
            TensorPrimitives.MultiplyAdd(Of(along, row), (float)length, Of(sums, row), own);
            own.CopyTo(Of(tried, row));
            var cost = loss.RowLoss(row, own);
            own.CopyTo(Of(chances, row));
            return cost;
        }, []);
        ReadOnlySpan<double> b = at.AsSpan(0, penalised), d = direction.AsSpan(0, penalised);
        var squares = TensorPrimitives.SumOfSquares(b) + 2 * length * TensorPrimitives.Dot(b, d) + length * length * TensorPrimitives.SumOfSquares(d);
        return total / all + penalty / 2 * squares;
    }

    /// <summary>Finds the direction in which the slopes would vanish if the curvature stayed, and how the sums change along it.</summary>
    /// <returns>False when there is none.</returns>
    bool Solve(double[] scale)
    {
        Array.Clear(direction);
        Array.Clear(along);
        var left = Array.ConvertAll(slopes, s => -s);
        var (scaled, product) = (new double[left.Length], new double[left.Length]);
        TensorPrimitives.Divide<double>(left, scale, scaled);
        var towards = (double[])scaled.Clone();
        var length = TensorPrimitives.Dot<double>(left, scaled);
        var goal = Forcing * Forcing * length;
        for (var i = 0; i < MostRounds && length > goal; i++)
        {
            cancel.ThrowIfCancellationRequested();
            pass.Run(rows, Narrow(towards), (row, own) => { own.CopyTo(Of(round, row)); loss.Curve(row, Of(chances, row), own); return 0; }, product);
            Complete(product, towards);
            var curvature = TensorPrimitives.Dot<double>(towards, product);
            if (curvature <= 0) return i > 0;
            var stride = length / curvature;
            TensorPrimitives.MultiplyAdd(towards, stride, direction, direction);
            TensorPrimitives.MultiplyAdd(round, (float)stride, along, along);
            TensorPrimitives.MultiplyAdd(product, -stride, left, left);
            TensorPrimitives.Divide<double>(left, scale, scaled);
            var next = TensorPrimitives.Dot<double>(left, scaled);
            TensorPrimitives.MultiplyAdd(towards, next / length, scaled, towards);
            length = next;
        }
        return true;
    }

    double[] Diagonal()
    {
        var diagonal = new double[pass.Size];
        pass.Run(rows, null, (row, own) => { Of(chances, row).CopyTo(own); loss.OwnCurves(row, own); return 0; }, diagonal, squares: true);
        TensorPrimitives.Multiply(diagonal, 1 / all, diagonal);
        TensorPrimitives.Add(diagonal, penalty, diagonal);     // of the intercepts too: theirs could be 0
        return diagonal;
    }

    /// <summary>From a sum over rows to a mean, with the penalty's share.</summary>
    void Complete(double[] sum, double[] at)
    {
        TensorPrimitives.Multiply(sum, 1 / all, sum);
        var own = sum.AsSpan(0, penalised);
        TensorPrimitives.MultiplyAdd(at.AsSpan(0, penalised), penalty, own, own);
    }

    float[] Narrow(double[] wide)
    {
        TensorPrimitives.ConvertTruncating<double, float>(wide, narrow);
        return narrow;
    }

    Span<float> Of(float[] perRow, int row) => perRow.AsSpan(row * outputs, outputs);

    static float[] PerRow(SparsePass pass, int outputs) => new float[pass.Rows.Count * outputs];
}
