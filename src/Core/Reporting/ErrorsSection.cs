using System.Globalization;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Core.Reporting;

/// <summary>Whether the learners err on the same rows.</summary>
sealed record ErrorsSection(string About, IReadOnlyList<string> Members, IReadOnlyList<ErrorRow> Rows) : Section("errors", "Do the learners err alike?")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis?.Errors is not { } errors) return null;
        return new ErrorsSection(
            $"Pearson's correlation of the out-of-fold errors on {Wording.Count(errors.Rows)} rows. A blend gains most from good learners that err differently{LeastAlike(errors)}.",
            errors.Members,
            [.. errors.Members.Select((name, a) => new ErrorRow(name, [.. errors.Values[a].Select((v, b) => a == b
                ? new Shaded("1", "0%")
                : new Shaded(double.IsNaN(v) ? "–" : Text(v), Wording.Width(Math.Abs(v)), v < 0))]))]);
    }

    static string LeastAlike(ErrorCorrelation errors)
    {
        var pairs = from a in Enumerable.Range(0, errors.Members.Count)
                    from b in Enumerable.Range(a + 1, errors.Members.Count - a - 1)
                    where !double.IsNaN(errors.Values[a][b])
                    select (A: a, B: b, Value: errors.Values[a][b]);
        return pairs.OrderBy(p => p.Value).Select(p => $"; least alike here are {errors.Members[p.A]} and {errors.Members[p.B]} ({Text(p.Value)})").FirstOrDefault("");
    }

    static string Text(double correlation) => correlation.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
}

sealed record ErrorRow(string Name, IReadOnlyList<Shaded> Cells);
