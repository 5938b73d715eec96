using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>What one learner predicted of rows that it had not seen: the mean over seeds and repeats.</summary>
/// <remarks>With folds in time the first rows are never judged: <see cref="Covered"/> says which rows were.</remarks>
public sealed class OutOfFold
{
    OutOfFold(ILearner learner, Predictions predictions, int[] covered, Predictions? test, IReadOnlyList<FinishedUnit> units, ViewsVerdict? views) =>
        (Learner, Predictions, Covered, Test, Units, Views) = (learner, predictions, covered, test, units, views);

    public ILearner Learner { get; }

    /// <summary>(training rows, outputs); NaN where a row was in no fold's validation part.</summary>
    public Predictions Predictions { get; }

    /// <summary>The rows that were judged, ascending.</summary>
    public int[] Covered { get; }

    /// <summary>(test rows, outputs): the mean of the folds' models, or of the retrained ones; null without test rows.</summary>
    public Predictions? Test { get; }

    /// <summary>Their predictions are those that count: plain, or blended with other views.</summary>
    public IReadOnlyList<FinishedUnit> Units { get; }

    /// <summary>Whether other views of the rows helped; null where the learner has none.</summary>
    public ViewsVerdict? Views { get; }

    /// <returns>The same with other test predictions, of models trained on all rows or of another file.</returns>
    public OutOfFold WithTest(Predictions test) => new(Learner, Predictions, Covered, test, Units, Views);

    /// <param name="learner">Whose predictions these are.</param>
    /// <param name="units">All its units, finished.</param>
    /// <param name="experiment">Whose units they are.</param>
    public static OutOfFold Of(ILearner learner, IReadOnlyList<FinishedUnit> units, Experiment experiment)
    {
        (units, var views) = TestTimeViews.Settle(units, experiment);
        var rows = experiment.Train.Rows;
        var outputs = units[0].Result.Validation.Outputs;
        var sums = new double[rows * outputs];
        var counts = new int[rows];
        foreach (var (unit, result) in units)
        {
            var values = result.Validation.Values.Values.Span;
            for (var i = 0; i < unit.Fold.Validation.Length; i++)
            {
                var row = unit.Fold.Validation[i];
                counts[row]++;
                for (var o = 0; o < outputs; o++) sums[row * outputs + o] += values[i * outputs + o];
            }
        }
        var mean = new float[sums.Length];
        for (var i = 0; i < mean.Length; i++) mean[i] = counts[i / outputs] == 0 ? float.NaN : (float)(sums[i] / counts[i / outputs]);
        var test = units[0].Result.Test is null ? null : Predictions.Mean([.. units.Select(u => u.Result.Test!)]);
        return new(learner, new(units[0].Result.Validation.Kind, new(mean, outputs)), [.. Enumerable.Range(0, rows).Where(i => counts[i] > 0)], test, units, views);
    }

    /// <returns>The seeds' mean prediction of one fold's validation rows, in the fold's order.</returns>
    public Predictions Of(Fold fold) => Predictions.Mean([.. Units.Where(u => u.Unit.Fold.Number == fold.Number).Select(u => u.Result.Validation)]);
}

public sealed record FinishedUnit(Unit Unit, UnitResult Result);
