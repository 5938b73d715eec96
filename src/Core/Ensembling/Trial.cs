using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>Fits an ensemble and its decision on some of the judged rows and scores them on others.</summary>
sealed class Trial(IEnsemble ensemble, JudgedRows rows, Metric metric, IDecisionRule rule, int seed, int threads, CancellationToken cancel)
{
    /// <summary>One fold, by weights and a decision fitted on the others.</summary>
    internal sealed record Part(IBlend Blend, Predictions Predicted, Matrix Decided, double Score);

    public JudgedRows Rows => rows;

    /// <param name="members">Of all judged rows.</param>
    /// <param name="most">Fit on no more rows than these, drawn by the seed.</param>
    public Part[] OverFolds(IReadOnlyList<Predictions> members, int most = int.MaxValue)
    {
        var parts = new Part[rows.Places.Length];
        try
        {
            Parallel.For(0, parts.Length, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, number => parts[number] = OnOthers(members, number, most));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);        // a user's mistake must stay one sentence
        }
        return parts;
    }

    Part OnOthers(IReadOnlyList<Predictions> members, int number, int most)
    {
        var others = rows.Others(number);
        if (others.Length > most)
        {
            new Random(seed).Shuffle(others);
            Array.Sort(others = others[..most]);
        }
        var (blend, decision) = FitOn(Taken(members, others), rows.At(others));
        var predicted = blend.Blend(Taken(members, rows.Places[number]));
        var decided = decision.Apply(predicted);
        return new(blend, predicted, decided, Score(decided, rows.At(rows.Places[number])));
    }

    /// <param name="members">Of the rows.</param>
    /// <param name="on">The rows: answers, weights, groups.</param>
    public (IBlend Blend, Decision Decision) FitOn(IReadOnlyList<Predictions> members, Dataset on)
    {
        cancel.ThrowIfCancellationRequested();
        var plain = Scoring.Plain(metric, on.Answers);
        double OwnScore(Predictions predicted) =>
            (rule.Fast && rule is not UnfittedDecision ? plain with { Decision = rule.Fit(predicted, on, metric) } : plain).Score(predicted, on);

        var scale = on.Answers.Scale;
        IReadOnlyList<Predictions> forward = scale == Scale.Same ? members : [.. members.Select(member => ScaledBlend.Forward(member, scale))];
        var blend = scale == Scale.Same || forward.Any(HasNaN)
            ? ensemble.Fit(members, on.Answers, OwnScore, metric, seed)
            : new ScaledBlend(ensemble.Fit(forward, Learned(on.Answers), predicted => OwnScore(ScaledBlend.Back(predicted, scale)), metric, seed), scale);
        return (blend, rule.Fit(blend.Blend(members), on, metric));
    }

    double Score(Matrix decided, Dataset on)
    {
        try
        {
            return metric.Score(on.Answers.Truth, decided, on.Weights is { } w ? w.Span : [], on.Groups is { } g ? g.Span : []);
        }
        catch (InputException)                              // a fold of one class has no AUC: the other folds still tell
        {
            return double.NaN;
        }
    }

    static Predictions[] Taken(IReadOnlyList<Predictions> members, int[] places) => [.. members.Select(member => member.Take(places))];

    static bool HasNaN(Predictions predicted) => TensorPrimitives.IsNaNAny(predicted.Values.Values.Span);

    /// <summary>The answers as they were learned, for ensembles that fit to them.</summary>
    static TargetValues Learned(TargetValues answers) =>
        answers.Target is NumberTarget number ? new(number with { LearnedAs = Scale.Same }, answers.Learned) : answers;
}
