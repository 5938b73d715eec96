using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>How a table's rows are best divided: as its test rows differ from its training rows.</summary>
/// <param name="Folds">The scheme.</param>
/// <param name="Group">The column whose rows stay together; null: none.</param>
/// <param name="Time">The column that orders the rows; null: none.</param>
/// <param name="Note">Why; null for the ordinary scheme.</param>
public sealed record TableFolds(Folds Folds, string? Group = null, string? Time = null, string? Note = null)
{
    const int ManyRows = 250_000;
    const int SmallTable = 2_000;
    const int MostStretches = 3;

    /// <summary>The test rows lie between the training rows in time, not after them.</summary>
    public bool Between { get; init; }

    /// <param name="train">As read.</param>
    /// <param name="test">As read.</param>
    /// <param name="question">What is asked: its columns divide nothing.</param>
    /// <param name="drop">Columns that are not to be looked at.</param>
    public static TableFolds Of(Table train, Table test, TableQuestion question, IReadOnlyCollection<string> drop)
    {
        var classes = question.Target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal;
        var count = train.Rows >= ManyRows ? 3 : 5;
        TableColumn[] both = [.. train.Columns.Where(c => c.Name != question.Id && test.Has(c.Name) && !drop.Contains(c.Name) && !question.Target.Columns.Contains(c.Name))];

        // An id may be the hour or day of its row.
        var dates = both.Concat(train.Columns.Where(c => c.Name == question.Id)).OfType<DateValues>();
        var times = dates.Select(c => (c.Name, Moments: test.Find(c.Name) is DateValues asked ? TableMoments.Of(c, asked) : null)).Where(t => t.Moments is not null).ToArray();
        if (times.FirstOrDefault(t => t.Moments!.AllLater) is { Moments: { } later } last)
            return new(later.Horizon > TimeSpan.Zero && later.Stretches(MostStretches) is > 0 and var stretches ? Folds.Ahead(later.Horizon, stretches) : Folds.TimeSeries(count), null, last.Name,
                $"Every test row is later than the training rows by '{last.Name}', so folds learn on the past and are judged on what comes next.");
        if (both.FirstOrDefault(c => IsOfOthers(c, test[c.Name])) is { } group)
            return new(classes ? Folds.StratifiedGrouped(count) : Folds.Grouped(count), group.Name, null,
                $"The test rows are of other '{group.Name}' than the training rows, so rows of one '{group.Name}' stay together in a fold and the column itself is not learned from.");
        if (times.Select(t => (t.Name, Length: t.Moments!.Stretch())).FirstOrDefault(t => t.Length is not null) is { Length: { } length } between)
            return new(Folds.Stretches(length, count), null, between.Name,
                FormattableString.Invariant($"The test rows fill stretches of time, by '{between.Name}' some {length.TotalDays:0.##} days long, of which no training row is: folds leave out as long stretches."))
            {
                Between = true,
            };
        var plain = question.Target.Columns.Length > 1 ? Folds.Shuffled(count) : Folds.Stratified(count);
        return new(train.Rows < SmallTable / 4 ? Folds.Repeated(plain, 2) : plain);
    }

    /// <summary>Things seen often in training, hardly any of which is seen in test.</summary>
    static bool IsOfOthers(TableColumn train, TableColumn test)
    {
        if (train is NumberValues { Values: not ValueKind.Integer } or DateValues) return false;
        var seen = Different(train);
        var present = Enumerable.Range(0, train.Rows).Count(row => !train.IsMissing(row));
        if (seen.Count < 10 || seen.Count * 2 > present || present * 2 < train.Rows) return false;
        var asked = Different(test);
        // A few new values of many are chance; whole numbers that continue a count are no things.
        if (asked.Count < 3 || asked.Count(seen.Contains) > asked.Count / 20.0) return false;
        return train is not NumberValues || Interleaved(seen, asked);
    }

    static bool Interleaved(HashSet<string> seen, HashSet<string> asked)
    {
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        var (least, most) = (seen.Min(Number), seen.Max(Number));
        return asked.Select(Number).Count(x => x > least && x < most) > asked.Count / 2;
    }

    static HashSet<string> Different(TableColumn column) =>
        column is CategoryValues category
            ? [.. category.Codes.ToArray().Where(c => c >= 0).Distinct().Select(c => category.Levels[c])]
            : [.. Enumerable.Range(0, column.Rows).Select(column.TextAt).OfType<string>()];
}
