using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Ensembling;

/// <summary>An ensemble and its decision, with a score that never saw its own answers.</summary>
/// <remarks>
/// Each fold is scored by weights and a decision fitted on the other folds' out-of-fold predictions; the blend to submit is then fitted on all of them.
/// Rows that no fold judges are passed over. Of one fold alone (a holdout) the judged rows are divided in five.
/// Where a logarithm or a root is learned, members are blended on that scale.
/// </remarks>
public sealed record CrossValidatedEnsemble
{
    /// <summary>Fitted on all out-of-fold predictions: for the test rows.</summary>
    public required IBlend Blend { get; init; }

    /// <summary>Fitted on the blend's out-of-fold predictions: for the test rows.</summary>
    public required Decision Decision { get; init; }

    /// <summary>(rows, outputs) what each fold's blend said of it; NaN where a row is not judged.</summary>
    public required Predictions OutOfFold { get; init; }

    /// <summary>(rows, 1 or labels) what each fold's decision made of it; NaN where a row is not judged.</summary>
    public required Matrix Decided { get; init; }

    /// <summary>The mean of the folds' scores.</summary>
    public required double Score { get; init; }

    /// <summary>One for each fold; NaN where the metric is not defined on its rows.</summary>
    public required IReadOnlyList<double> FoldScores { get; init; }

    /// <summary>The score of all judged rows at once, each by its own fold's blend and decision.</summary>
    public required double Pooled { get; init; }

    /// <summary>By how much each member makes the score better (below 0: it hurts), in the metric's unit whichever way is better. Empty when not asked for.</summary>
    public required IReadOnlyList<double> Gains { get; init; }

    /// <param name="ensemble">The recipe.</param>
    /// <param name="members">Out-of-fold predictions of each learner, on the table's own scale; NaN where a row is not judged.</param>
    /// <param name="rows">All training rows: answers, weights, groups.</param>
    /// <param name="folds">Those that made the members' predictions. Of repeats the first divides the rows here.</param>
    /// <param name="metric">The competition's.</param>
    /// <param name="rule">The decision; null: <see cref="DecisionRules.Default"/>.</param>
    /// <param name="seed">For ensembles that draw.</param>
    /// <param name="gains">Whether to fit anew without each member.</param>
    /// <param name="threads">How many fits may run at once; the result does not depend on it.</param>
    /// <param name="cancel">Ends it between fits.</param>
    /// <exception cref="InputException">No row is judged, or the ensemble does not suit the metric.</exception>
    public static CrossValidatedEnsemble Fit(
        IEnsemble ensemble, IReadOnlyList<Predictions> members, Dataset rows, IReadOnlyList<Fold> folds, Metric metric,
        IDecisionRule? rule = null, int seed = 0, bool gains = true, int threads = 1, CancellationToken cancel = default)
    {
        rule ??= DecisionRules.Default(metric, rows.Answers.Task);
        var trial = new Trial(ensemble, Judged(members, rows, folds), metric, rule, seed, threads, cancel);
        var (judged, whole) = (trial.Rows, trial.Rows.All(members));
        var parts = trial.OverFolds(whole);
        var (blend, decision) = trial.FitOn(whole, judged.Everything);

        var outOfFold = judged.Spread(parts.Select(part => part.Predicted.Values));
        var decided = judged.Spread(parts.Select(part => part.Decided));
        var pooled = metric.Score(
            judged.Everything.Answers.Truth, decided.Take(judged.Numbers), judged.Everything.Weights is { } w ? w.Span : [], judged.Everything.Groups is { } g ? g.Span : []);
        var scores = parts.Select(part => part.Score).ToArray();
        return new()
        {
            Blend = blend,
            Decision = decision,
            OutOfFold = new(parts[0].Predicted.Kind, outOfFold),
            Decided = decided,
            Score = MeanOf(scores),
            FoldScores = scores,
            Pooled = pooled,
            Gains = gains ? GainsOf(trial, whole, parts, metric) : [],
        };
    }

    /// <summary>Fits for gains, one a member and fold, look at no more rows: weights hardly change beyond.</summary>
    const int RowsForGains = 10_000;

    static IReadOnlyList<double> GainsOf(Trial trial, IReadOnlyList<Predictions> members, IReadOnlyList<Trial.Part> parts, Metric metric)
    {
        // With and without must be fitted on as many rows.
        if (trial.Rows.Numbers.Length > RowsForGains) parts = trial.OverFolds(members, RowsForGains);
        var with = MeanOf(parts.Select(part => part.Score));
        return [.. Enumerable.Range(0, members.Count).Select(member =>
        {
            // A member that no fold counts cannot have changed anything.
            if (members.Count == 1 || parts.All(part => part.Blend.Weights[member] == 0)) return 0;
            var without = MeanOf(trial.OverFolds([.. members.Where((_, i) => i != member)], RowsForGains).Select(part => part.Score));
            return metric.HigherIsBetter ? with - without : without - with;
        })];
    }

    static double MeanOf(IEnumerable<double> scores) => scores.Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();

    static JudgedRows Judged(IReadOnlyList<Predictions> members, Dataset rows, IReadOnlyList<Fold> folds)
    {
        if (members.Count == 0) throw new InputException("There is nothing to blend: no learner has finished its folds.");
        if (members.FirstOrDefault(member => member.Rows != rows.Rows || member.Outputs != members[0].Outputs) is { } odd)
            throw new InputException($"Members of an ensemble must be shaped alike; one has {odd.Rows} × {odd.Outputs}, the rows are {rows.Rows} and the first has {members[0].Outputs} outputs.");
        bool HasAll(int row) => members.All(member => !float.IsNaN(member[row, 0]));
        int[][] parts = [.. folds.Where(fold => fold.Repeat == 0).Select(fold => fold.Validation.Where(HasAll).ToArray()).Where(part => part.Length > 0)];
        if (parts.Length == 0) throw new InputException("No row has an out-of-fold prediction of every member: there is nothing to fit an ensemble on.");
        if (parts.Length == 1)
        {
            if (parts[0].Length < 2) throw new InputException("One judged row is not enough to fit an ensemble on.");
            var judged = rows.Take(parts[0]);
            var five = new KFolds { Count = Math.Min(5, judged.Rows), Seed = 0 }.Split(judged);
            parts = [.. five.Select(fold => Array.ConvertAll(fold.Validation, i => parts[0][i]))];
        }
        return new(rows, parts);
    }
}
