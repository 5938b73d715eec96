using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Adds, round by round and with replacement, the member that helps the mean most; what was best on the way is kept.</summary>
/// <remarks>
/// Caruana et al. 2004, "Ensemble selection from libraries of models", with AutoGluon's rules: scores are compared to 6 decimals from the second round,
/// of equal ones a member already in is preferred, and the rounds are cut at the first that reached the best score.
/// Where a metric of labels leaves several equal, log loss tells them apart; then the seed.
/// </remarks>
public sealed record GreedyEnsemble : IEnsemble
{
    public string Name { get; init; } = "greedy";

    public int Rounds { get; init => field = Require.AtLeast(1, value); } = 50;

    /// <summary>Stop when so many rounds in a row have brought nothing.</summary>
    public int Patience { get; init => field = Require.AtLeast(1, value); } = 15;

    /// <summary>Repeat on so many random halves of the members and take the mean of the weights; 1: all members, once.</summary>
    public int Bags { get; init => field = Require.AtLeast(1, value); } = 1;

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed)
    {
        var random = new Random(seed);
        var weights = new double[members.Count];
        for (var bag = 0; bag < Bags; bag++)
        {
            var candidates = Enumerable.Range(0, members.Count).ToArray();
            if (Bags > 1)
            {
                random.Shuffle(candidates);
                candidates = [.. candidates.Take((members.Count + 1) / 2).Order()];
            }
            var counts = Select(members, candidates, p => metric.HigherIsBetter ? -score(p) : score(p), SecondError(members, answers, metric), random);
            for (var member = 0; member < weights.Length; member++) weights[member] += (double)counts[member] / counts.Sum() / Bags;
        }
        return new WeightedBlend(weights);
    }

    int[] Select(IReadOnlyList<Predictions> members, int[] candidates, Func<Predictions, double> error, Func<Predictions, double>? second, Random random)
    {
        var mixture = new Mixture(members);
        var counts = new int[members.Count];
        var (chosen, best, bestRound) = (new List<int>(), double.PositiveInfinity, 0);
        for (var round = 1; round <= Rounds && round - bestRound <= Patience; round++)
        {
            var errors = Array.ConvertAll(candidates, member => Comparable(error(mixture.Peek(1.0 / round, (member, 1.0 / round))), round));
            var least = errors.Min();
            var tied = candidates.Where((_, i) => errors[i] - least <= 1e-12 * Math.Abs(least)).ToArray();
            var pick = Preferred(tied, counts, second is null ? null : member => second(mixture.Peek(1.0 / round, (member, 1.0 / round))), random);
            mixture.Take(1, pick, 1);
            counts[pick]++;
            chosen.Add(pick);
            if (least < best) (best, bestRound) = (least, round);
        }
        var kept = new int[members.Count];
        foreach (var member in chosen.Take(Math.Max(1, bestRound))) kept[member]++;
        return kept;
    }

    static double Comparable(double error, int round) => round > 1 && Math.Abs(error) > 1e-4 ? Math.Round(error, 6) : error;

    static int Preferred(int[] tied, int[] counts, Func<int, double>? second, Random random)
    {
        if (tied.Length == 1) return tied[0];
        if (second is not null) return tied.MinBy(second);
        var used = tied.Where(member => counts[member] > 0).ToArray();
        var among = used.Length > 0 ? used : tied;
        return among.Length == 1 ? among[0] : among[random.Next(among.Length)];
    }

    static Func<Predictions, double>? SecondError(IReadOnlyList<Predictions> members, TargetValues answers, Metric metric) =>
        metric.Need == Need.Labels && members[0].Kind == OutputKind.Probabilities && (answers.Task is TaskKind.Binary or TaskKind.Multiclass)
            ? predicted => Metrics.Metrics.LogLoss.Score(answers.Truth, predicted.Values)
            : null;
}
