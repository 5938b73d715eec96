using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Core.Reporting;

/// <summary>The words that tell, the words that moved a prediction, and errors by length.</summary>
sealed record TextsSection(string About, IReadOnlyList<TextPart> Columns) : Section("texts", "What the words say")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Texts.Count: > 0 } analysis) return null;
        var explained = analysis.Explanation?.Learner ?? analysis.Of;
        return new TextsSection(
            $"Words and pairs whose texts have another mean answer than the rest, in standard errors of the difference. Below: the worst mistakes, each word shaded by what {explained}'s prediction, by a model that had not seen the row, loses without it.",
            [.. analysis.Texts.Select(Part)]);
    }

    static TextPart Part(TextAnalysis column)
    {
        var most = column.Telling.Select(w => Math.Abs(w.StandardErrors)).DefaultIfEmpty(1).Max();
        var worst = column.Lengths.Select(l => l.Error).DefaultIfEmpty(1).Max();
        return new(column.Column,
            [.. column.Telling.Select(w => new TellingRow(w.Words, Wording.Count(w.Texts), w.Class, Wording.Value(w.With), Wording.Value(w.Without),
                new(Wording.Signed(w.StandardErrors), Wording.Width(most > 0 ? Math.Abs(w.StandardErrors) / most : 0), w.StandardErrors < 0)))],
            [.. column.Lengths.Select(l => new LengthRow($"{Wording.Count(l.From)} – {Wording.Count(l.To)}", Wording.Count(l.Rows),
                new(Wording.Score(l.Error), Wording.Width(worst > 0 ? l.Error / worst : 0))))],
            [.. column.Moved.Select(Row)]);
    }

    static MovedRow Row(MovedPrediction moved)
    {
        var most = moved.Words.Select(w => Math.Abs(w.Moved)).Append(1e-9).Max();
        return new(moved.Id, Wording.Score(moved.Predicted), [.. moved.Words.Select(w => new Shaded(w.Word, Wording.Width(Math.Abs(w.Moved) / most), w.Moved < 0))]);
    }
}

sealed record TextPart(string Name, IReadOnlyList<TellingRow> Telling, IReadOnlyList<LengthRow> Lengths, IReadOnlyList<MovedRow> Moved);

sealed record TellingRow(string Words, string Texts, string? Class, string With, string Without, Shaded Errors);

sealed record LengthRow(string Length, string Rows, Shaded Error);

sealed record MovedRow(string Id, string Predicted, IReadOnlyList<Shaded> Words);
