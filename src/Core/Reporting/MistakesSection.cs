namespace Kaggle.Core.Reporting;

/// <summary>The rows that went most wrong, with their cells.</summary>
sealed record MistakesSection(string About, string ErrorName, IReadOnlyList<string> Columns, string? LeftOut, IReadOnlyList<MistakeRow> Rows)
    : Section("mistakes", "The worst mistakes")
{
    const int MostColumns = 24;
    const int LongText = 40;                                    // letters from which a cell is a text to be read, not a value

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Mistakes.Count: > 0 } analysis) return null;
        // Columns that the model relies on come first; the table's order breaks ties.
        var rank = (analysis.Explanation?.Importance ?? []).Where(c => c.Drop > 0).Select((c, i) => (c.Column, i)).ToDictionary(c => c.Column, c => c.i);
        var targets = analysis.Targets.Select(t => t.Column).ToHashSet();
        var all = analysis.Mistakes[0].Cells.Select((cell, place) => (cell.Column, place))
            .Where(c => !targets.Contains(c.Column) && !analysis.Mistakes.All(m => m.Cells[c.place].Text == m.Id))      // truth and id stand there already
            .OrderBy(c => rank.GetValueOrDefault(c.Column, int.MaxValue)).ToArray();
        var shown = all.Take(MostColumns).ToArray();
        var classes = analysis.Classification is not null;
        bool IsText(int place) => analysis.Mistakes.Any(m => m.Cells[place].Text is { Length: > LongText });
        return new MistakesSection(
            $"Out-of-fold predictions of {analysis.Of}: " + (classes
                ? "the rows whose truth was given the least chance. A wrong label, a feature that is not there, or a case that nobody could tell."
                : "the rows furthest off on the scale of learning. A wrong entry, a feature that is not there, or a case that nobody could tell.")
                + (analysis.PicturesSeenBy is { } seenBy && analysis.Mistakes.Any(m => m.Looks is not null) ? $" Beside each picture: warm where {seenBy}'s model, which had not seen it, found what speaks for its answer." : ""),
            classes ? "1 − chance of the truth" : "prediction − truth, as learned",
            [.. shown.Select(c => c.Column)], all.Length > shown.Length ? $"{all.Length - shown.Length} more columns are in analysis.json." : null,
            [.. analysis.Mistakes.Select(m => new MistakeRow(m.Id, $"{m.Fold + 1}", m.Truth, m.Predicted,
                classes ? Wording.Score(m.Error) : Wording.Signed(m.Error), [.. shown.Select(c => new MistakeValue(m.Cells[c.place].Text, IsText(c.place)))], m.Cells.FirstOrDefault(c => c.Picture is not null)?.Picture, m.Looks))]);
    }
}

sealed record MistakeRow(string Id, string Fold, string Truth, string Predicted, string Error, IReadOnlyList<MistakeValue> Cells, string? Picture, string? Looks);

/// <param name="Text">Null: missing.</param>
/// <param name="IsLong">Whether the column holds texts, which are to be read whole.</param>
sealed record MistakeValue(string? Text, bool IsLong);
