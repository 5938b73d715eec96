using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>Which cells of rows a table of the report shows: those of columns that the model relies on first, without truth, id and pictures, which stand there already.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="LeftOut">How many columns there is no room for.</param>
/// <param name="Pick">From a row's cells to those shown.</param>
sealed record ShownCells(IReadOnlyList<string> Columns, int LeftOut, Func<IReadOnlyList<RowCell>, IReadOnlyList<ShownCell>> Pick)
{
    const int LongText = 40;                                    // letters from which a cell is a text to be read, not a value

    public static ShownCells Of(RunAnalysis analysis, IReadOnlyList<(string Id, IReadOnlyList<RowCell> Cells)> rows, int most)
    {
        // The table's order breaks ties.
        var rank = (analysis.Explanation?.Importance ?? []).Where(c => c.Drop > 0).Select((c, i) => (c.Column, i)).ToDictionary(c => c.Column, c => c.i);
        var targets = analysis.Targets.Select(t => t.Column).ToHashSet();
        var all = rows[0].Cells.Select((cell, place) => (cell.Column, place))
            .Where(c => !targets.Contains(c.Column) && !rows.Any(row => row.Cells[c.place].Picture is not null) && !rows.All(row => row.Cells[c.place].Text == row.Id))
            .OrderBy(c => rank.GetValueOrDefault(c.Column, int.MaxValue)).ToArray();
        var shown = all.Take(most).Select(c => (c.Column, c.place, IsLong: rows.Any(row => row.Cells[c.place].Text is { Length: > LongText }))).ToArray();
        return new([.. shown.Select(c => c.Column)], all.Length - shown.Length, cells => [.. shown.Select(c => new ShownCell(cells[c.place].Text, c.IsLong))]);
    }
}

/// <param name="Text">Null: missing.</param>
/// <param name="IsLong">Whether the column holds texts, which are to be read whole.</param>
sealed record ShownCell(string? Text, bool IsLong);
