using System.Numerics.Tensors;

namespace Kaggle.Baselines.Linear;

/// <summary>Minimises a smooth function of many variables from its gradient, remembering a few steps of curvature.</summary>
/// <remarks>J. Nocedal 1980; steps are shortened until the function falls enough (Armijo).</remarks>
static class Lbfgs
{
    const int Memory = 10;

    /// <param name="at">Where to look.</param>
    /// <param name="gradient">Filled with the gradient there.</param>
    public delegate double Function(ReadOnlySpan<double> at, Span<double> gradient);

    /// <param name="function">What is to become small.</param>
    /// <param name="start">Where to begin; changed into the minimum.</param>
    /// <param name="tolerance">Stops when the largest slope is below this.</param>
    /// <param name="most">The most steps.</param>
    public static void Minimise(Function function, double[] start, double tolerance, int most, CancellationToken cancel)
    {
        var x = start;
        var gradient = new double[x.Length];
        var value = function(x, gradient);
        var steps = new List<(double[] Step, double[] Change, double Curvature)>(Memory);
        for (var i = 0; i < most; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient)) <= tolerance) return;
            var direction = Direction(gradient, steps);
            var slope = TensorPrimitives.Dot<double>(direction, gradient);
            if (slope >= 0)                                   // rounding has spoilt the memory: begin again downhill
            {
                steps.Clear();
                direction = Array.ConvertAll(gradient, g => -g);
                slope = -TensorPrimitives.Dot<double>(gradient, gradient);
            }
            var length = steps.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            var (next, nextGradient) = (new double[x.Length], new double[x.Length]);
            double nextValue;
            while (true)
            {
                TensorPrimitives.MultiplyAdd(direction, length, x, next);
                nextValue = function(next, nextGradient);
                if (nextValue <= value + 1e-4 * length * slope) break;
                if ((length /= 2) < 1e-12) return;            // nothing smaller can be told apart
            }
            var (step, change) = (new double[x.Length], new double[x.Length]);
            TensorPrimitives.Subtract<double>(next, x, step);
            TensorPrimitives.Subtract<double>(nextGradient, gradient, change);
            var curvature = TensorPrimitives.Dot<double>(step, change);
            if (curvature > 1e-14 * TensorPrimitives.Dot<double>(change, change))
            {
                if (steps.Count == Memory) steps.RemoveAt(0);
                steps.Add((step, change, curvature));
            }
            next.CopyTo(x, 0);
            var fallen = value - nextValue;
            (gradient, value) = (nextGradient, nextValue);
            if (fallen <= 1e-10 * Math.Abs(value)) return;
        }
    }

    /// <returns>−H·gradient, H being the inverse Hessian that the remembered steps suggest.</returns>
    static double[] Direction(double[] gradient, List<(double[] Step, double[] Change, double Curvature)> steps)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var along = new double[steps.Count];
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            along[i] = TensorPrimitives.Dot<double>(steps[i].Step, direction) / steps[i].Curvature;
            TensorPrimitives.MultiplyAdd(steps[i].Change, -along[i], direction, direction);
        }
        if (steps.Count > 0)
        {
            var (_, change, curvature) = steps[^1];
            TensorPrimitives.Multiply(direction, curvature / TensorPrimitives.Dot<double>(change, change), direction);
        }
        for (var i = 0; i < steps.Count; i++)
        {
            var back = TensorPrimitives.Dot<double>(steps[i].Change, direction) / steps[i].Curvature;
            TensorPrimitives.MultiplyAdd(steps[i].Step, along[i] - back, direction, direction);
        }
        return direction;
    }
}
