namespace Kaggle.Core.Reporting;

/// <summary>Whether the learners err on the same rows.</summary>
sealed record ErrorsSection(string About, IReadOnlyList<string> Members, IReadOnlyList<ErrorRow> Rows) : Section("errors", "Do the learners err alike?")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis?.Errors is not { } errors) return null;
        var least = (A: 0, B: 1);
        for (var a = 0; a < errors.Members.Count; a++)
            for (var b = a + 1; b < errors.Members.Count; b++)
                if (errors.Values[a][b] < errors.Values[least.A][least.B]) least = (a, b);
        return new ErrorsSection(
            $"Pearson's correlation of the out-of-fold errors on {Wording.Count(errors.Rows)} rows. A blend gains most from good learners that err differently; "
            + $"least alike here are {errors.Members[least.A]} and {errors.Members[least.B]} ({errors.Values[least.A][least.B].ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)}).",
            errors.Members,
            [.. errors.Members.Select((name, a) => new ErrorRow(name,
                [.. errors.Values[a].Select((v, b) => a == b
                    ? new Shaded("1", "0%")
                    : new Shaded(double.IsNaN(v) ? "–" : v.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), Wording.Width(Math.Abs(v)), v < 0))]))]);
    }
}

sealed record ErrorRow(string Name, IReadOnlyList<Shaded> Cells);
