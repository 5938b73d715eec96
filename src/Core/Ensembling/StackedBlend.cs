using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

public enum StackedKind
{
    /// <summary>Of each output Σ weight · member + intercept.</summary>
    Linear,

    /// <summary>Of each output the same on log odds.</summary>
    Chances,

    /// <summary>Of all classes together: see <see cref="LogarithmicPool"/>.</summary>
    Pool,
}

/// <summary>A fitted <see cref="Stacking"/>.</summary>
/// <param name="Kind">How members come together.</param>
/// <param name="ByOutput">(outputs)(members), or one row for a pool.</param>
/// <param name="Intercepts">One row: of each output, or of each class of a pool.</param>
public sealed record StackedBlend(StackedKind Kind, double[][] ByOutput, double[][] Intercepts) : IBlend
{
    /// <summary>The mean over outputs.</summary>
    public IReadOnlyList<double> Weights => [.. Enumerable.Range(0, ByOutput[0].Length).Select(member => ByOutput.Average(weights => weights[member]))];

    public Predictions Blend(IReadOnlyList<Predictions> members)
    {
        var outputs = members[0].Outputs;
        var sums = new double[members[0].Values.Values.Length];
        for (var i = 0; i < sums.Length; i++) sums[i] = Intercepts[0][i % outputs];
        for (var member = 0; member < members.Count; member++)
        {
            var values = members[member].Values.Values.Span;
            for (var i = 0; i < sums.Length; i++) sums[i] += ByOutput[Kind == StackedKind.Pool ? 0 : i % outputs][member] * Link(values[i]);
        }
        if (Kind == StackedKind.Pool) Normalise(sums, outputs);
        var blended = Array.ConvertAll(sums, sum => (float)(Kind == StackedKind.Chances ? 1 / (1 + Math.Exp(-sum)) : sum));
        return new(members[0].Kind, new(blended, outputs));
    }

    double Link(float value)
    {
        if (Kind == StackedKind.Linear) return value;
        var log = Math.Log(Math.Clamp(value, LogarithmicPool.Least, 1));
        return Kind == StackedKind.Pool ? log : log - Math.Log(Math.Clamp(1 - value, LogarithmicPool.Least, 1));
    }

    static void Normalise(double[] logs, int classes)
    {
        for (var start = 0; start < logs.Length; start += classes)
        {
            var row = logs.AsSpan(start, classes);
            var (most, sum) = (double.NegativeInfinity, 0.0);
            foreach (var log in row) most = Math.Max(most, log);
            foreach (var log in row) sum += Math.Exp(log - most);
            for (var i = 0; i < classes; i++) row[i] = Math.Exp(row[i] - most) / sum;
        }
    }
}
