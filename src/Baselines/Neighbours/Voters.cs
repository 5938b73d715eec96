using Kaggle.Core.Data;

namespace Kaggle.Baselines.Neighbours;

/// <summary>What the training rows have to say when they are asked.</summary>
/// <param name="answers">(rows, outputs).</param>
/// <param name="quantiles">Set when quantiles are asked for.</param>
/// <param name="weights">(rows) or empty.</param>
/// <param name="byDistance">Whether a nearer row counts more.</param>
sealed class Voters(Matrix answers, QuantileTarget? quantiles, ReadOnlyMemory<float> weights, bool byDistance)
{
    public Matrix Answers => answers;

    public QuantileTarget? Quantiles => quantiles;

    public ReadOnlyMemory<float> Weights => weights;

    public bool ByDistance => byDistance;

    public int Outputs => quantiles?.Levels.Length ?? answers.Columns;

    public void Say(ReadOnlySpan<Neighbour> neighbours, Span<float> outputs)
    {
        Span<double> votes = stackalloc double[neighbours.Length];
        double all = 0;
        for (var i = 0; i < votes.Length; i++) all += votes[i] = Vote(neighbours[i]);
        if (quantiles is not null)
        {
            SayQuantiles(neighbours, votes, all, outputs);
            return;
        }
        for (var k = 0; k < outputs.Length; k++)
        {
            double sum = 0;
            for (var i = 0; i < votes.Length; i++) sum += votes[i] * answers[neighbours[i].Row, k];
            outputs[k] = (float)(sum / all);
        }
    }

    /// <returns>The squared error of what the neighbours say of a training row.</returns>
    public double Error(ReadOnlySpan<Neighbour> neighbours, int row)
    {
        double all = 0, error = 0;
        foreach (var neighbour in neighbours) all += Vote(neighbour);
        for (var k = 0; k < answers.Columns; k++)
        {
            double sum = 0;
            foreach (var neighbour in neighbours) sum += Vote(neighbour) * answers[neighbour.Row, k];
            var off = answers[row, k] - sum / all;
            error += off * off;
        }
        return error * (weights.IsEmpty ? 1 : weights.Span[row]);
    }

    void SayQuantiles(ReadOnlySpan<Neighbour> neighbours, ReadOnlySpan<double> votes, double all, Span<float> outputs)
    {
        var values = new float[votes.Length];
        var order = votes.ToArray();
        for (var i = 0; i < values.Length; i++) values[i] = answers[neighbours[i].Row, 0];
        Array.Sort(values, order);
        for (var q = 0; q < outputs.Length; q++)
        {
            double reached = 0;
            var i = 0;
            while (i < values.Length - 1 && (reached += order[i]) < quantiles!.Levels[q] * all) i++;
            outputs[q] = values[i];
        }
    }

    // A twin among the training rows outvotes the others without silencing them.
    double Vote(Neighbour neighbour) =>
        (weights.IsEmpty ? 1 : Math.Max(1e-12, weights.Span[neighbour.Row])) * (byDistance ? 1 / (Math.Sqrt(neighbour.Squared) + 1e-3) : 1);
}
