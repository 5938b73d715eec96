using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>What the models rely on: permutation importance, contributions, dependence.</summary>
sealed record ExplanationSection(
    string About, IReadOnlyList<ImportanceRow> Importance, IReadOnlyList<ImportanceRow> Unimportant, ChartFigure? Swarm, ContributionTable? Contributions,
    IReadOnlyList<ChartFigure> Dependence) : Section("explanation", "What the model relies on")
{
    const int MostBars = 15;

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis?.Explanation is not { } found) return null;
        var rows = Rows(found.Importance);
        var swarm = found.Shap is { Outputs.Count: 1 } shap ? SwarmOf(shap) : null;
        var contributions = found.Shap is { Outputs.Count: > 1 } several ? ContributionTable.Of(several) : null;
        if (rows.Length == 0 && swarm is null && contributions is null) return null;
        return new ExplanationSection(
            $"The models of {found.Learner}, asked about {Wording.Count(found.Rows)} validation rows that they had not seen.",
            rows[..Math.Min(MostBars, rows.Length)], rows[Math.Min(MostBars, rows.Length)..], swarm, contributions,
            [.. found.Dependence.Where(d => d.Lines.Any(l => l.Mean.All(double.IsFinite))).Select(d => Drawn(d, Outcome.Of(run.Analysis, d.Lines[0].Output), run.Analysis.Columns.FirstOrDefault(c => c.Name == d.Column)?.Kind == Data.ColumnKind.Date))]);
    }

    static ImportanceRow[] Rows(IReadOnlyList<ColumnImportance> columns)
    {
        var most = columns.Select(c => c.Drop).DefaultIfEmpty(0).Max();
        return [.. columns.Select(c => new ImportanceRow(c.Column, Wording.Signed(c.Drop), c.Sd > 0 ? $"± {Wording.Score(c.Sd)}" : "", Wording.Width(most > 0 ? c.Drop / most : 0)))];
    }

    static ChartFigure SwarmOf(ShapSummary shap)
    {
        const double rowHeight = 26;
        var columns = shap.Columns.Where(c => c.Contributions.Count > 0).Take(MostBars).ToArray();
        var all = columns.SelectMany(c => c.Contributions).ToArray();
        var (low, high) = (Math.Min(0, all.DefaultIfEmpty(0).Min()), Math.Max(0, all.DefaultIfEmpty(0).Max()));
        var room = (high - low) * 0.03;
        var plot = new Plot("Contributions by column", Axis.Linear("contribution to the raw prediction", low - room, high + room, 5),
            Axis.Names([.. columns.Select(c => c.Column)]), height: 50 + rowHeight * columns.Length).Line("guide", [(0, -0.5), (0, columns.Length - 0.5)]);
        var dots = columns.SelectMany((c, row) => Swarmed(c, row, low - room, high + room, rowHeight)).GroupBy(d => d.Style).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var style in dots) plot.Swarm($"specks {style.Key}", style.Select(d => (d.X, d.Row, d.Push)));
        return new("Contributions (SHAP)", "A dot is a row; right of the line the column raised its prediction. Coloured by the column's value, grey where it has no order.",
            plot, [new("dots v0", "low value"), new("dots v3", "middle"), new("dots v6", "high value"), new("dots vx", "missing, or no order")]);
    }

    /// <summary>Dots of one column that would lie on each other are pushed apart, up and down in turn.</summary>
    static IEnumerable<(double X, double Row, double Push, string Style)> Swarmed(ShapColumn column, int row, double low, double high, double height)
    {
        const int places = 130;
        var taken = new int[places + 1];
        for (var i = 0; i < column.Contributions.Count; i++)
        {
            var x = column.Contributions[i];
            var place = (int)Math.Clamp((x - low) / (high - low) * places, 0, places);
            var nth = taken[place]++;
            var push = (nth + 1) / 2 * (nth % 2 == 0 ? 1.7 : -1.7);
            yield return (x, row, Math.Clamp(push, -height * 0.42, height * 0.42),
                column.Values[i] is { } value ? $"v{(int)Math.Clamp(value * 7, 0, 6)}" : "vx");
        }
    }

    // Whether each value has room for a number of its own.
    static bool Apart(IReadOnlyList<double> at) => Enumerable.Range(1, at.Count - 1).All(i => at[i] - at[i - 1] >= 0.12 * (at[^1] - at[0]));

    static ChartFigure Drawn(PartialDependence found, string outcome, bool dates)
    {
        var lines = found.Lines;
        var several = lines.Count > 1;
        var all = lines.SelectMany(l => l.Folds.SelectMany(f => f).Concat(l.Mean)).Where(double.IsFinite).ToArray();
        var (low, high) = (all.Min(), all.Max());
        var room = Math.Max((high - low) * 0.08, Math.Abs(high) * 1e-6);
        var legend = several ? lines.Select((l, i) => new Legend($"line c{i + 1}", l.Output)).ToArray() : [];
        var label = several ? "mean prediction" : $"mean prediction of {outcome}";
        if (found.Levels.Count > 0)
        {
            var levels = new Plot($"Dependence on {found.Column}", Axis.Linear(label, low - room, high + room, 4), Axis.Names(found.Levels), height: 56 + 24 * Math.Max(3, found.Levels.Count));
            for (var l = 0; l < lines.Count; l++)
            {
                var line = lines[l];
                levels.Segments($"thin c{l + 1}", line.Mean.Select((_, p) => ((line.Folds.Min(f => f[p]), (double)p), (line.Folds.Max(f => f[p]), (double)p))))
                    .Dots($"dots c{l + 1}", line.Mean.Select((m, p) => (m, (double)p)));
            }
            return new(found.Column, "a bar from the lowest fold to the highest", levels, legend);
        }
        var axis = dates ? Axis.Dates("", found.At[0], found.At[^1]) : Apart(found.At) ? Axis.Values("", found.At) : Axis.Linear("", found.At[0], found.At[^1], 4);
        var plot = new Plot($"Dependence on {found.Column}", axis, Axis.Linear(label, low - room, high + room, 4), height: 220);
        // The rug: how many rows stand behind each stretch of the line.
        var most = found.Share.Max();
        plot.Segments("rug", found.At.Select((at, p) => ((at, low - room), (at, low - room + (high - low + 2 * room) * 0.18 * found.Share[p] / most))));
        for (var l = 0; l < lines.Count; l++)
        {
            if (!several) foreach (var fold in lines[l].Folds) plot.Line($"faint c{l + 1}", fold.Select((m, p) => (found.At[p], m)));
            plot.Line($"line c{l + 1}", lines[l].Mean.Select((m, p) => (found.At[p], m)), lines[l].Output);
        }
        return new(found.Column, several ? null : "faint: fold by fold", plot, legend);
    }
}

sealed record ImportanceRow(string Column, string Drop, string Sd, string Width);

/// <summary>Several outputs: the mean absolute contributions, a column an output.</summary>
sealed record ContributionTable(IReadOnlyList<string> Outputs, IReadOnlyList<ContributionRow> Rows)
{
    const int MostOutputs = 10;

    public static ContributionTable Of(ShapSummary shap)
    {
        var outputs = Math.Min(MostOutputs, shap.Outputs.Count);
        var most = shap.Columns.SelectMany(c => c.MeanAbsolute).DefaultIfEmpty(0).Max();
        return new([.. shap.Outputs.Take(outputs)],
            [.. shap.Columns.Select(c => new ContributionRow(c.Column,
                [.. c.MeanAbsolute.Take(outputs).Select(m => new Shaded(Wording.Score(m), Wording.Width(most > 0 ? m / most : 0)))]))]);
    }
}

sealed record ContributionRow(string Column, IReadOnlyList<Shaded> Cells);

/// <param name="Shade">0% to 100%: how strongly the cell is coloured.</param>
sealed record Shaded(string Text, string Shade, bool IsNegative = false);
