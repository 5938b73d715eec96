using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>What a text column's words say of the answers and of the errors.</summary>
/// <param name="Column">The text column.</param>
/// <param name="Telling">Words and pairs of words, the most telling first.</param>
/// <param name="Lengths">Errors by length of text, the shortest first.</param>
/// <param name="Moved">Of the worst mistakes: which words moved the prediction.</param>
public sealed record TextAnalysis(string Column, IReadOnlyList<TellingWords> Telling, IReadOnlyList<LengthErrors> Lengths, IReadOnlyList<MovedPrediction> Moved)
{
    const int MostTelling = 24, LeastTexts = 5, MostTexts = 20_000, Bins = 8;

    /// <param name="train">All training rows, with answers.</param>
    /// <param name="predictions">Out of fold, on the table's own scale; NaN where a row has none.</param>
    /// <param name="models">Of one learner, one a fold; empty: nothing is taken out of texts.</param>
    /// <param name="mistakes">The rows that went most wrong, worst first.</param>
    /// <param name="id">A row's id.</param>
    /// <param name="seed">Of the rows looked at, where there are many.</param>
    /// <returns>One a text column; none where the answer is not one number or class.</returns>
    public static IReadOnlyList<TextAnalysis> Of(
        Dataset train, Predictions predictions, IReadOnlyList<ExplainedFold> models, IReadOnlyList<int> mistakes, Func<int, string> id, int seed)
    {
        if (train.Answers.Truth.Columns != 1 || train.Answers.Task == TaskKind.Quantile) return [];
        var answers = train.Answers;
        int[] judged = JudgedRow.Rows(predictions);
        return
        [
            .. train.Columns.OfType<TextColumn>().Select(c => c.Name).Select(name =>
            {
                var texts = ((TextColumn)train[name]).Texts;
                return new TextAnalysis(name, FindTelling(texts.Span, answers, seed), ByLength(texts.Span, answers, predictions, judged),
                    [.. mistakes.Select(row => MovedPrediction.Of(train, name, row, id(row), models)).OfType<MovedPrediction>()]);
            }),
        ];
    }

    /// <summary>The difference of the mean answers with and without a word, in its own standard errors; of several classes the class that differs most.</summary>
    static TellingWords[] FindTelling(ReadOnlySpan<string?> texts, TargetValues answers, int seed)
    {
        var rows = Sampling.Of(texts.Length, MostTexts, seed);
        var classes = answers.Task == TaskKind.Multiclass ? answers.Classes.Length : 1;
        double Answer(int row, int k) => answers.Task == TaskKind.Multiclass ? answers.Truth[row, 0] == k ? 1 : 0 : answers.Truth[row, 0];
        var counts = new Dictionary<string, double[]>();
        var (sums, squares) = (new double[classes], new double[classes]);
        foreach (var row in rows)
        {
            for (var k = 0; k < classes; k++) (sums[k], squares[k]) = (sums[k] + Answer(row, k), squares[k] + Answer(row, k) * Answer(row, k));
            foreach (var piece in Pieces(TextWords.Of(texts[row])).ToHashSet())
            {
                if (!counts.TryGetValue(piece, out var own)) counts[piece] = own = new double[classes + 1];
                own[classes]++;
                for (var k = 0; k < classes; k++) own[k] += Answer(row, k);
            }
        }
        var found = new List<TellingWords>();
        foreach (var (piece, own) in counts)
        {
            var (with, without) = (own[classes], rows.Length - own[classes]);
            if (with < LeastTexts || without < LeastTexts) continue;
            for (var k = 0; k < classes; k++)
            {
                var (meanWith, meanWithout, mean) = (own[k] / with, (sums[k] - own[k]) / without, sums[k] / rows.Length);
                var error = Math.Sqrt(Math.Max(0, squares[k] / rows.Length - mean * mean) * (1 / with + 1 / without));
                if (error > 0) found.Add(new(piece, (int)with, answers.Task is TaskKind.Binary ? answers.Classes[1] : classes > 1 ? answers.Classes[k] : null,
                    meanWith, meanWithout, (meanWith - meanWithout) / error));
            }
        }
        return [.. found.OrderByDescending(w => Math.Abs(w.StandardErrors)).ThenBy(w => w.Words, StringComparer.Ordinal).DistinctBy(w => w.Words).Take(MostTelling)];
    }

    static IEnumerable<string> Pieces(IReadOnlyList<string> words) => words.Concat(words.Zip(words.Skip(1), (a, b) => $"{a} {b}"));

    static LengthErrors[] ByLength(ReadOnlySpan<string?> texts, TargetValues answers, Predictions predictions, int[] judged)
    {
        var lengths = new int[texts.Length];
        for (var i = 0; i < lengths.Length; i++) lengths[i] = texts[i]?.Length ?? 0;
        int[] sorted = [.. judged.OrderBy(row => lengths[row])];
        var bins = Math.Min(Bins, sorted.Length / 10);
        double Error(int row) => answers.Task == TaskKind.Multiclass ? 1 - predictions[row, (int)answers.Truth[row, 0]] : Math.Abs(JudgedRow.Error(answers, predictions, row, 0));
        return [.. Enumerable.Range(0, bins).Select(b => sorted[(sorted.Length * b / bins)..(sorted.Length * (b + 1) / bins)])
            .Select(rows => new LengthErrors(lengths[rows[0]], lengths[rows[^1]], rows.Length, rows.Average(Error)))];
    }
}

/// <param name="Words">A word, or two that stand together.</param>
/// <param name="Texts">How many of the texts looked at have it.</param>
/// <param name="Class">Of classes: the one meant; else null.</param>
/// <param name="With">The mean answer of those texts.</param>
/// <param name="Without">The mean answer of the others.</param>
/// <param name="StandardErrors">The difference in standard errors.</param>
public sealed record TellingWords(string Words, int Texts, string? Class, double With, double Without, double StandardErrors);

/// <param name="From">Characters of the shortest text.</param>
/// <param name="To">Characters of the longest.</param>
/// <param name="Rows">How many.</param>
/// <param name="Error">The mean of 1 − chance of the truth, or of the absolute error as learned.</param>
public sealed record LengthErrors(int From, int To, int Rows, double Error);
