namespace Kaggle.Core.Reporting;

/// <summary>Which classes are taken for which, the most frequent first.</summary>
sealed record ConfusedSection(string About, bool Pictures, IReadOnlyList<ConfusedRow> Rows) : Section("confused", "Most confused pairs")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Confused: { Pairs.Count: > 0 } confused } analysis) return null;
        var most = confused.Pairs.Max(p => p.Share);
        return new ConfusedSection(
            $"Of the {Wording.Count(confused.Mistakes)} rows that {analysis.Of} decided wrongly, by what was answered and what it was; the share is of all rows that were that."
                + (confused.More > 0 ? $" {Wording.Count(confused.More)} rarer pairs are left out." : "")
                + " The example is the one that was given the highest chance.",
            confused.Pairs.Any(p => p.Picture is not null),
            [.. confused.Pairs.Select(p => new ConfusedRow(p.Decided, p.Truth, Wording.Count(p.Rows), Wording.Percent(p.Share), Wording.Width(most > 0 ? p.Share / most : 0), p.Example, p.Picture))]);
    }
}

sealed record ConfusedRow(string Answered, string Was, string Rows, string Share, string Width, string Example, string? Picture);
