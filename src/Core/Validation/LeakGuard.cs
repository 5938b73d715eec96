using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Looks for what makes a validation score better than the truth, in the rows and folds alone: no learner need be trained. Each finding is a sentence with its figures.</summary>
/// <remarks>Of large tables 30,000 rows, drawn by a fixed seed, stand for all where a guard looks at every column.</remarks>
public static class LeakGuard
{
    const int Drawn = 30_000;

    static readonly string[] Severities = ["danger", "warning", "note"];

    /// <param name="train">The training rows with their answers.</param>
    /// <param name="test">The rows to be predicted, with the same columns; null: guards that compare are passed over.</param>
    /// <param name="folds">The validation's folds; null: guards of folds are passed over.</param>
    /// <param name="ids">The training rows' ids: no learner sees them, but whether they tell the answer is worth knowing.</param>
    /// <returns>The gravest first.</returns>
    public static IReadOnlyList<Warning> Check(
        Dataset train, Dataset? test = null, IReadOnlyList<Fold>? folds = null, IReadOnlyList<string>? ids = null)
    {
        var found = new List<Warning>();
        found.AddRange(TargetShape.Find(train.Answers));
        found.AddRange(DuplicateRows.Find(train, test, folds));
        found.AddRange(RepeatedTexts.Find(train, test));
        if (folds is not null) found.AddRange(CrossedFolds.Find(train, test, folds));

        var some = Draw(train);
        found.AddRange(LoneFeature.Find(some));
        found.AddRange(RowOrder.Find(train, ids));
        if (test is not null)
        {
            found.AddRange(UnseenLevels.Find(train, test));
            found.AddRange(Shift.Find(some, Draw(test)));
        }
        return [.. found.OrderBy(warning => Array.IndexOf(Severities, warning.Severity))];
    }

    internal static Dataset Draw(Dataset rows)
    {
        if (rows.Rows <= Drawn) return rows;
        var all = Enumerable.Range(0, rows.Rows).ToArray();
        new Random(0).Shuffle(all);
        var some = all[..Drawn];
        Array.Sort(some);
        return rows.Take(some);
    }
}
