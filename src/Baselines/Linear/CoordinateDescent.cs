using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Baselines.Linear;

/// <summary>Elastic-net paths over one block of rows and its inner folds.</summary>
sealed class CoordinateDescent
{
    const int Penalties = 100;
    const double Reach = 1e-3;                                // the least penalty, as a share of the one that leaves nothing
    const int Sweeps = 1000;
    const double Tolerance = 1e-5;                            // of the answers' standard deviation

    readonly Matrix x;
    readonly Matrix y;
    readonly ReadOnlyMemory<float> weights;
    readonly int[] fold;
    readonly double share;
    readonly CancellationToken cancel;
    readonly Problem all;
    readonly Problem[] others;                                // all rows but those of one fold

    public CoordinateDescent(Matrix x, Matrix y, ReadOnlyMemory<float> weights, int[] fold, double share, CancellationToken cancel)
    {
        (this.x, this.y, this.weights, this.fold, this.share, this.cancel) = (x, y, weights, fold, share, cancel);
        var parts = Enumerable.Range(0, fold.Max() + 1)
            .Select(f => Gram.Of(x, y, weights.Span, Enumerable.Range(0, fold.Length).Where(row => fold[row] == f))).ToArray();
        var whole = Gram.Of(x, y, weights.Span, Enumerable.Range(0, x.Rows));
        all = new(whole);
        others = parts.Length < 2 ? [] : [.. parts.Select(part => new Problem(whole - part))];
    }

    public LinearFit Solve(int target, double? alpha)
    {
        var most = all.LeastThatLeavesNothing(target, share);
        var penalties = alpha is { } given ? [given]
            : Enumerable.Range(0, Penalties).Select(i => most * Math.Pow(Reach, i / (Penalties - 1.0))).ToArray();
        var errors = penalties.Select(_ => new float[x.Rows]).ToArray();
        for (var f = 0; f < others.Length; f++)
        {
            var slopes = new double[x.Columns];
            for (var i = 0; i < penalties.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                others[f].Descend(slopes, target, penalties[i], share);
                Judge(f, target, others[f], slopes, errors[i]);
            }
        }
        var best = Enumerable.Range(0, penalties.Length).MinBy(i => Loss(errors[i]));
        var path = new double[x.Columns];
        for (var i = 0; i <= best; i++) all.Descend(path, target, penalties[i], share);
        return new(Array.ConvertAll(path, b => (float)b), (float)all.Intercept(path, target), penalties[best], errors[best]);
    }

    void Judge(int judged, int target, Problem problem, double[] slopes, float[] errors)
    {
        var narrow = Array.ConvertAll(slopes, b => (float)b);
        var intercept = problem.Intercept(slopes, target);
        for (var row = 0; row < errors.Length; row++)
            if (fold[row] == judged) errors[row] = (float)(y[row, target] - intercept - TensorPrimitives.Dot(x.Row(row), narrow));
    }

    double Loss(float[] errors)
    {
        double loss = 0;
        for (var row = 0; row < errors.Length; row++) loss += (weights.IsEmpty ? 1 : weights.Span[row]) * (double)errors[row] * errors[row];
        return loss;
    }

    /// <summary>The mean products of some rows.</summary>
    sealed class Problem
    {
        readonly Gram gram;
        readonly double[][] products;                         // (features)(features) centred, a mean over rows
        readonly double[][] answers;                          // (targets)(features)

        public Problem(Gram gram)
        {
            this.gram = gram;
            var centred = gram.Centred();
            products = [.. Enumerable.Range(0, gram.Features).Select(i => Enumerable.Range(0, gram.Features).Select(j => centred[i, j] / gram.Weight).ToArray())];
            answers = [.. Enumerable.Range(0, gram.Targets).Select(k => Array.ConvertAll(gram.WithAnswer(k), v => v / gram.Weight))];
        }

        public double LeastThatLeavesNothing(int target, double share) =>
            Math.Max(1e-12, answers[target].Max(Math.Abs) / share);

        public double Intercept(double[] slopes, int target)
        {
            var intercept = gram.AnswerMean(target);
            for (var j = 0; j < slopes.Length; j++) intercept -= slopes[j] * gram.Mean(j);
            return intercept;
        }

        /// <summary>Changes the slopes into those of the penalty; the nearer they were, the sooner.</summary>
        public void Descend(double[] slopes, int target, double alpha, double share)
        {
            var (l1, l2) = (alpha * share, alpha * (1 - share));
            var left = (double[])answers[target].Clone();     // each feature's product with what is not yet explained
            for (var j = 0; j < slopes.Length; j++)
                if (slopes[j] != 0) TensorPrimitives.MultiplyAdd(products[j], -slopes[j], left, left);
            var scale = answers[target].Max(Math.Abs);
            var onlyUsed = false;
            for (var sweep = 0; sweep < Sweeps; sweep++)
            {
                double moved = 0;
                for (var j = 0; j < slopes.Length; j++)
                {
                    if (onlyUsed && slopes[j] == 0) continue;
                    var own = products[j][j];
                    if (own <= 1e-12) continue;
                    var pull = left[j] + own * slopes[j];
                    var next = Math.Sign(pull) * Math.Max(0, Math.Abs(pull) - l1) / (own + l2);
                    var change = next - slopes[j];
                    if (change == 0) continue;
                    slopes[j] = next;
                    TensorPrimitives.MultiplyAdd(products[j], -change, left, left);
                    moved = Math.Max(moved, Math.Abs(change) * Math.Sqrt(own));
                }
                // Sweeps over the used features are cheap; a whole sweep has the last word.
                if (moved <= Tolerance * scale)
                    if (onlyUsed) onlyUsed = false;
                    else return;
                else onlyUsed = true;
            }
        }
    }
}
