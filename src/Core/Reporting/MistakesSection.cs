namespace Kaggle.Core.Reporting;

/// <summary>The rows that went most wrong, with their cells.</summary>
sealed record MistakesSection(string About, string ErrorName, IReadOnlyList<string> Columns, string? LeftOut, IReadOnlyList<MistakeRow> Rows)
    : Section("mistakes", "The worst mistakes")
{
    const int MostColumns = 24;

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Mistakes.Count: > 0 } analysis) return null;
        var shown = ShownCells.Of(analysis, [.. analysis.Mistakes.Select(m => (m.Id, m.Cells))], MostColumns);
        var classes = analysis.Classification is not null;
        return new MistakesSection(
            $"Out-of-fold predictions of {analysis.Of}: " + (classes
                ? "the rows whose truth was given the least chance. A wrong label, a feature that is not there, or a case that nobody could tell."
                : "the rows furthest off on the scale of learning. A wrong entry, a feature that is not there, or a case that nobody could tell.")
                + (analysis.PicturesSeenBy is { } seenBy && analysis.Mistakes.Any(m => m.Looks is not null) ? $" Beside each picture: warm where the model of {seenBy}, which had not seen it, found what speaks for its answer." : ""),
            classes ? "1 − chance of the truth" : "prediction − truth, as learned",
            shown.Columns, shown.LeftOut > 0 ? $"{shown.LeftOut} more columns are in analysis.json." : null,
            [.. analysis.Mistakes.Select(m => new MistakeRow(m.Id, $"{m.Fold + 1}", m.Truth, m.Predicted,
                classes ? Wording.Score(m.Error) : Wording.Signed(m.Error), shown.Pick(m.Cells), m.Cells.FirstOrDefault(c => c.Picture is not null)?.Picture, m.Looks))]);
    }
}

sealed record MistakeRow(string Id, string Fold, string Truth, string Predicted, string Error, IReadOnlyList<ShownCell> Cells, string? Picture, string? Looks);
