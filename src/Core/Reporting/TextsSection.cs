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
        var classes = column.Telling.Select(w => w.Class).Distinct().ToArray();
        string Mean(TellingWords words, double mean) => words.Class is null ? Wording.Value(mean) : Wording.Percent(mean);
        return new(column.Column, classes.Length > 1, classes is [{ } only] ? $"Share of {only}" : "Mean",
            [.. column.Telling.Select(w => new TellingRow(w.Words, Wording.Count(w.Texts), w.Class, Mean(w, w.With), Mean(w, w.Without),
                new(Wording.StandardErrors(w.StandardErrors), Wording.Width(most > 0 ? Math.Abs(w.StandardErrors) / most : 0), w.StandardErrors < 0)))],
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

/// <param name="Name">The column.</param>
/// <param name="NamesClasses">Whether words tell different classes.</param>
/// <param name="Mean">What the mean answer is called.</param>
/// <param name="Telling">Words, the most telling first.</param>
/// <param name="Lengths">Errors by length.</param>
/// <param name="Moved">The worst mistakes, word by word.</param>
sealed record TextPart(string Name, bool NamesClasses, string Mean, IReadOnlyList<TellingRow> Telling, IReadOnlyList<LengthRow> Lengths, IReadOnlyList<MovedRow> Moved);

sealed record TellingRow(string Words, string Texts, string? Class, string With, string Without, Shaded Errors);

sealed record LengthRow(string Length, string Rows, Shaded Error);

sealed record MovedRow(string Id, string Predicted, IReadOnlyList<Shaded> Words);
