using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Weights under which the answers are likeliest when each row's chance is the members' weighted mean: for few rows, of which a metric of labels tells too little.</summary>
/// <remarks>
/// A mixture of the members, by expectation–maximisation (Dempster, Laird and Rubin 1977); before the first row each member counts as having spoken for a row or so,
/// so that none is left out by chance. Whatever the metric, log loss is what the weights follow.
/// </remarks>
public sealed record LikelihoodEnsemble : IEnsemble
{
    const int Steps = 1000;
    const float Least = 1e-6f;                                              // a member that is certain and wrong is taken to have left this much

    public string Name { get; init; } = "likelihood";

    /// <summary>How many rows each member counts as having spoken for beforehand: many make a plain mean.</summary>
    public double Prior { get; init => field = Require.Positive(value); } = 1;

    /// <exception cref="InputException">The answers are no classes or labels.</exception>
    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        if (members[0].Kind != OutputKind.Probabilities || answers.Task is not (TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel))
            throw new InputException("Weights by likelihood need chances of classes or labels. Take Stacking for numbers.");
        var (rows, labels) = (answers.Rows, answers.Task == TaskKind.Multilabel ? members[0].Outputs : 1);
        double[][] chances = [.. members.Select(member => ChancesOfTruth(member, answers, labels))];
        var weights = Enumerable.Repeat(1.0 / members.Count, members.Count).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var spoken = new double[weights.Length];
            for (var i = 0; i < chances[0].Length; i++)
            {
                var mixed = 0.0;
                for (var member = 0; member < weights.Length; member++) mixed += weights[member] * chances[member][i];
                // A row's labels are one row together.
                for (var member = 0; member < weights.Length; member++) spoken[member] += weights[member] * chances[member][i] / mixed / labels;
            }
            var moved = 0.0;
            for (var member = 0; member < weights.Length; member++)
            {
                var next = (spoken[member] + Prior) / (rows + Prior * weights.Length);
                moved = Math.Max(moved, Math.Abs(next - weights[member]));
                weights[member] = next;
            }
            if (moved < 1e-6) break;
        }
        return new WeightedBlend(weights);
    }

    /// <returns>(rows · labels) what the member gave to what came.</returns>
    static double[] ChancesOfTruth(Predictions member, TargetValues answers, int labels)
    {
        var chances = new double[answers.Rows * labels];
        for (var row = 0; row < answers.Rows; row++)
            for (var label = 0; label < labels; label++)
            {
                var truth = (int)answers.Truth[row, label];
                var chance = answers.Task == TaskKind.Multiclass ? member[row, truth] : truth == 1 ? member[row, label] : 1 - member[row, label];
                chances[(row * labels) + label] = Math.Clamp(chance, Least, 1);
            }
        return chances;
    }
}
