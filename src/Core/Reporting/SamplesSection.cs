using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Core.Reporting;

/// <summary>What usual predictions look like: pictures as cards, other rows as a table.</summary>
/// <param name="About">Whose predictions, and how the rows were drawn.</param>
/// <param name="Pictures">Whether rows are pictures.</param>
/// <param name="Columns">Of a table, the cells shown.</param>
/// <param name="AreSure">Whether classes come with a chance.</param>
/// <param name="Groups">Right rows and wrong ones; numbers are one group.</param>
sealed record SamplesSection(string About, bool Pictures, IReadOnlyList<string> Columns, bool AreSure, IReadOnlyList<SampleGroup> Groups) : Section("samples", "Sample predictions")
{
    const int MostColumns = 8;

    static readonly (bool? IsRight, string? Title)[] kinds = [(true, "Right"), (false, "Wrong"), (null, null)];

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Samples: { Rows.Count: > 0 } samples } analysis) return null;
        var rows = samples.Rows;
        var pictures = rows.Any(row => Picture(row) is not null);
        var shown = ShownCells.Of(analysis, [.. rows.Select(row => (row.Id, row.Cells))], MostColumns);
        return new SamplesSection(
            $"Out-of-fold predictions of {analysis.Of}, drawn by the seed." + (samples.Right is { } right
                ? $" Of all rows {Wording.Percent(right)} are right; here as many are shown that are wrong, as far as there are." : ""),
            pictures, shown.Columns, rows.Any(row => row.Chance is not null),
            [.. kinds.Select(kind => new SampleGroup(kind.Title, [.. rows.Where(row => row.IsRight == kind.IsRight).Select(row => SampleView.Of(row, shown))])).Where(group => group.Rows.Count > 0)]);
    }

    public static string? Picture(SampledRow row) => row.Cells.FirstOrDefault(c => c.Picture is not null)?.Picture;
}

/// <param name="Title">Null where there is nothing to be right or wrong about.</param>
sealed record SampleGroup(string? Title, IReadOnlyList<SampleView> Rows);

/// <param name="Chance">As a percentage; null where there is none.</param>
/// <param name="Verdict">"right" or "wrong"; empty for numbers.</param>
sealed record SampleView(string Id, string Truth, string Predicted, string? Chance, string Verdict, string? Picture, IReadOnlyList<ShownCell> Cells)
{
    public static SampleView Of(SampledRow row, ShownCells shown) => new(row.Id, row.Truth, row.Predicted, row.Chance is { } chance ? Wording.Percent(chance) : null,
        row.IsRight switch { true => "right", false => "wrong", null => "" }, SamplesSection.Picture(row), shown.Pick(row.Cells));
}
