using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>log chance of a class = Σ weight · log chance that a member gives it + bias − what makes the chances sum to 1. Of two classes: logistic regression.</summary>
/// <remarks>Newton's method; weights are drawn to 1 / members, biases (lightly, as only their differences count) to 0.</remarks>
static class LogarithmicPool
{
    /// <summary>A member that is certain is taken to be this far from it.</summary>
    public const float Least = 1e-6f;

    /// <param name="members">(rows, classes) chances.</param>
    /// <param name="truth">(rows) codes.</param>
    /// <param name="classes">How many.</param>
    /// <param name="strength">How strongly weights are drawn to the plain mean.</param>
    /// <param name="nonNegative">Whether no weight may go below 0.</param>
    public static (double[] Weights, double[] Biases) Fit(IReadOnlyList<Predictions> members, int[] truth, int classes, double strength, bool nonNegative)
    {
        var (count, size) = (members.Count, members.Count + classes);
        var logs = members.Select(member => Array.ConvertAll(member.Values.Values.ToArray(), chance => Math.Log(Math.Clamp(chance, Least, 1)))).ToArray();
        var x = new double[size];
        Array.Fill(x, 1.0 / count, 0, count);
        var bounded = new bool[size];
        Array.Fill(bounded, nonNegative, 0, count);

        for (var step = 0; step < 50; step++)
        {
            var (loss, slope, curve) = Around(x);
            // Newton: the quadratic around x, lowest where the bounds allow.
            var b = new double[size];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++) b[i] += curve[i, j] * x[j];
                b[i] -= slope[i];
            }
            var to = BoundedQuadratic.Minimise(curve, b, (double[])x.Clone(), bounded);
            var share = 1.0;
            double[] tried;
            do
            {
                tried = [.. x.Zip(to, (from, goal) => from + share * (goal - from))];
                share /= 2;
            }
            while (Loss(tried) > loss && share > 1e-6);
            var moved = x.Zip(tried, (from, goal) => Math.Abs(goal - from)).Max();
            x = tried;
            if (moved < 1e-7) break;
        }
        return (x[..count], x[count..]);

        double Penalty(double[] at) =>
            strength / 2 * at[..count].Sum(weight => (weight - 1.0 / count) * (weight - 1.0 / count)) + 1e-4 / 2 * at[count..].Sum(bias => bias * bias);

        double Loss(double[] at)
        {
            var (loss, chances) = (0.0, new double[classes]);
            for (var row = 0; row < truth.Length; row++) loss -= Chances(at, row, chances);
            return loss / truth.Length + Penalty(at);
        }

        // Fills the chances of a row and returns the logarithm of the true one's.
        double Chances(double[] at, int row, double[] chances)
        {
            var most = double.NegativeInfinity;
            for (var code = 0; code < classes; code++)
            {
                var log = at[count + code];
                for (var member = 0; member < count; member++) log += at[member] * logs[member][row * classes + code];
                chances[code] = log;
                most = Math.Max(most, log);
            }
            var sum = 0.0;
            for (var code = 0; code < classes; code++) sum += Math.Exp(chances[code] - most);
            var total = most + Math.Log(sum);
            var right = chances[truth[row]] - total;
            for (var code = 0; code < classes; code++) chances[code] = Math.Exp(chances[code] - total);
            return right;
        }

        (double Loss, double[] Slope, double[,] Curve) Around(double[] at)
        {
            var (slope, curve) = (new double[size], new double[size, size]);
            var (loss, chances, expected) = (0.0, new double[classes], new double[count]);
            for (var row = 0; row < truth.Length; row++)
            {
                loss -= Chances(at, row, chances);
                for (var i = 0; i < count; i++)
                {
                    expected[i] = 0;
                    for (var code = 0; code < classes; code++) expected[i] += chances[code] * logs[i][row * classes + code];
                    slope[i] += expected[i] - logs[i][row * classes + truth[row]];
                }
                for (var code = 0; code < classes; code++) slope[count + code] += chances[code] - (truth[row] == code ? 1 : 0);
                for (var code = 0; code < classes; code++)
                {
                    var chance = chances[code];
                    for (var i = 0; i < count; i++)
                    {
                        var away = chance * (logs[i][row * classes + code] - expected[i]);
                        for (var j = 0; j <= i; j++) curve[i, j] += away * (logs[j][row * classes + code] - expected[j]);
                        curve[count + code, i] += away;
                    }
                    for (var other = 0; other <= code; other++) curve[count + code, count + other] += chance * ((other == code ? 1 : 0) - chances[other]);
                }
            }
            for (var i = 0; i < size; i++)
            {
                var (pull, goal) = i < count ? (strength, 1.0 / count) : (1e-4, 0.0);
                slope[i] = slope[i] / truth.Length + pull * (at[i] - goal);
                for (var j = 0; j <= i; j++) curve[i, j] = curve[j, i] = curve[i, j] / truth.Length + (i == j ? pull : 0);
            }
            return (loss / truth.Length + Penalty(at), slope, curve);
        }
    }
}
