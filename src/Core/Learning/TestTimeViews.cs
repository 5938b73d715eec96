using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Learning;

/// <summary>Test-time augmentation: blends what a model says of several views of the same rows, where that scores better out of fold.</summary>
public static class TestTimeViews
{
    /// <returns>PlainShare × plain + (1 − PlainShare) × the mean of the views; null where the model looks in one way alone.</returns>
    internal static Predictions? Blend(IModel model, Dataset rows, Predictions plain)
    {
        if (model is not IViewsRows { Views: > 0 } viewing) return null;
        var sums = new double[plain.Values.Values.Length];
        for (var view = 0; view < viewing.Views; view++)
        {
            var seen = viewing.PredictView(rows, view).Values.Values.Span;
            for (var i = 0; i < sums.Length; i++) sums[i] += seen[i];
        }
        var own = plain.Values.Values.Span;
        var (share, blended) = (viewing.PlainShare, new float[sums.Length]);
        for (var i = 0; i < blended.Length; i++) blended[i] = (float)(share * own[i] + (1 - share) * sums[i] / viewing.Views);
        return new(plain.Kind, new(blended, plain.Outputs));
    }

    /// <summary>Settles whether blends or plain predictions count.</summary>
    /// <remarks>A fold's rows get what scored better on the other folds, so that their score has not chosen itself; test rows what scored better on all. One fold alone chooses for itself.</remarks>
    /// <returns>Units whose predictions are those that count, and the verdict; the same units and null where there are no views.</returns>
    internal static (IReadOnlyList<FinishedUnit> Units, ViewsVerdict? Verdict) Settle(IReadOnlyList<FinishedUnit> units, Experiment experiment)
    {
        if (units.Any(u => u.Result.Viewed is null)) return (units, null);
        var scoring = Scoring.Plain(experiment.Metric, experiment.Train.Answers);
        var scores = units.Select(u => (
            Fold: u.Unit.Fold.Number,
            Plain: Score(scoring, u.Result.Validation, u, experiment),
            Viewed: Score(scoring, u.Result.Viewed!.Validation, u, experiment))).ToArray();
        bool IsBetter((int, double Plain, double Viewed)[] of) => experiment.Metric.IsBetter(of.Average(s => s.Viewed), of.Average(s => s.Plain));
        bool Takes(int fold) => scores.Where(s => s.Fold != fold).ToArray() is { Length: > 0 } others ? IsBetter(others) : IsBetter(scores);
        var taken = IsBetter(scores);
        return ([.. units.Select(u => u with
        {
            Result = u.Result with
            {
                Validation = Takes(u.Unit.Fold.Number) ? u.Result.Viewed!.Validation : u.Result.Validation,
                Test = taken ? u.Result.Viewed!.Test : u.Result.Test,
                Viewed = null,
            },
        })], new(scores.Average(s => s.Plain), scores.Average(s => s.Viewed), taken));
    }

    static double Score(Scoring scoring, Predictions predicted, FinishedUnit unit, Experiment experiment)
    {
        try
        {
            return scoring.Score(predicted, experiment.Train.Take(unit.Unit.Fold.Validation));
        }
        catch (InputException)
        {
            return double.NaN;                                           // not defined on this fold: the plain predictions stay
        }
    }
}

/// <param name="Plain">The mean score of plain predictions over units.</param>
/// <param name="Blended">Of blends with other views.</param>
/// <param name="Taken">Whether test rows are predicted by the blend.</param>
public sealed record ViewsVerdict(double Plain, double Blended, bool Taken);

/// <summary>A unit's predictions blended with those of other views of the rows.</summary>
/// <param name="Validation">As the unit's own.</param>
/// <param name="Test">As the unit's own.</param>
public sealed record ViewedPredictions(Predictions Validation, Predictions? Test);
