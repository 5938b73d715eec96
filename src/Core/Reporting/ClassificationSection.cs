using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>Where the classes are told apart, and where not.</summary>
sealed record ClassificationSection(
    string About, IReadOnlyList<Fact> Facts, ConfusionTable? Confusion, IReadOnlyList<ClassRow> Classes, IReadOnlyList<ChartFigure> Curves)
    : Section("classification", "Classification")
{
    const int MostLines = 7;

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Classification: { } found } analysis) return null;
        var several = found.Classes.Count > 1;
        var outcome = several ? "" : Outcome.Of(analysis, found.Classes[0].Name);
        var drawn = found.Classes.Where(c => c.Roc.Count > 0).OrderByDescending(c => c.Rows).Take(MostLines).ToArray();
        List<ChartFigure> curves = [];
        if (drawn.Length > 0)
        {
            curves.Add(Roc(drawn, several));
            curves.Add(PrecisionRecall(drawn, several, found.Rows));
        }
        if (found.Confidence is { } confidence) curves.Add(Calibrated(confidence, "chance given to the likeliest class", "share that was right"));
        else if (!several && drawn is [{ Calibration: { } calibration }, ..]) curves.Add(Calibrated(calibration, $"chance of {outcome}", "share found"));
        if (!several && drawn is [{ Chances: { } chances }, ..]) curves.Add(Spread(chances, outcome));
        return new ClassificationSection(
            $"Out-of-fold predictions of {analysis.Of}, {Wording.Count(found.Rows)} rows.",
            several ? [] : [.. KeyFigures(found.Classes[0], outcome)],
            found.Confusion is { } confusion ? ConfusionTable.Of(confusion) : null,
            several ? [.. found.Classes.OrderByDescending(c => c.Rows).Select(ClassRow.Of)] : [],
            curves);
    }

    static IEnumerable<Fact> KeyFigures(ClassCurves of, string outcome)
    {
        yield return new("ROC AUC", Wording.Score(of.Auc));
        yield return new("Average precision", Wording.Score(of.AveragePrecision));
        yield return new("Brier score", Wording.Score(of.Brier));
        if (of.Calibration is { } calibration) yield return new("Calibration error", Wording.Score(calibration.Error));
        yield return new($"Precision of {outcome}", Wording.Score(of.Precision));
        yield return new($"Recall of {outcome}", Wording.Score(of.Recall));
        yield return new($"F1 of {outcome}", Wording.Score(of.F1));
    }

    static ChartFigure Roc(ClassCurves[] classes, bool several)
    {
        var plot = Square("ROC curve", "false positive rate", "true positive rate").Line("guide", [(0, 0), (1, 1)]);
        for (var i = 0; i < classes.Length; i++) plot.Line($"line c{i + 1}", classes[i].Roc.Select(p => (p.X, p.Y)), classes[i].Name);
        return new("ROC", several ? "each class against the rest" : $"area {Wording.Score(classes[0].Auc)}; the diagonal is chance", plot,
            several ? [.. classes.Select((c, i) => new Legend($"line c{i + 1}", $"{c.Name} {Wording.Score(c.Auc)}"))] : []);
    }

    static ChartFigure PrecisionRecall(ClassCurves[] classes, bool several, int rows)
    {
        var plot = Square("Precision and recall", "recall", "precision");
        if (!several) plot.Line("guide", [(0, (double)classes[0].Rows / rows), (1, (double)classes[0].Rows / rows)]);
        for (var i = 0; i < classes.Length; i++) plot.Line($"line c{i + 1}", classes[i].PrecisionRecall.Select(p => (p.X, p.Y)), classes[i].Name);
        return new("Precision and recall", several ? "each class against the rest" : $"average precision {Wording.Score(classes[0].AveragePrecision)}; the level line is chance", plot,
            several ? [.. classes.Select((c, i) => new Legend($"line c{i + 1}", $"{c.Name} {Wording.Score(c.AveragePrecision)}"))] : []);
    }

    static ChartFigure Calibrated(Calibration calibration, string given, string found)
    {
        var points = calibration.Bins.Select(b => (b.Predicted, b.Found)).ToArray();
        // Twice the binomial standard error: how far a perfectly calibrated bin strays.
        var errors = calibration.Bins.Select(b => (b, Error: 2 * Math.Sqrt(Math.Max(b.Found * (1 - b.Found), 0.25 / b.Rows) / b.Rows)))
            .Select(e => ((e.b.Predicted, e.b.Found - e.Error), (e.b.Predicted, e.b.Found + e.Error)));
        return new("Calibration", $"tenths of the rows with twice their standard error; expected calibration error {Wording.Score(calibration.Error)}",
            Square("Calibration", given, found).Line("guide", [(0, 0), (1, 1)]).Segments("thin c1", errors).Line("thin c1", points).Dots("dots c1", points), []);
    }

    static ChartFigure Spread(ChanceSpread chances, string name)
    {
        var bins = chances.Positives.Count;
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => (double)i / bins)];
        var most = Math.Max(chances.Positives.Max(), chances.Negatives.Max());
        var plot = new Plot("Chances given", Axis.Linear($"chance of {name}", 0, 1), Axis.Linear("rows", 0, most * 1.05, 4), height: 300)
            .Bars("fill c2", edges, [.. chances.Negatives.Select(n => (double)n)])
            .Stairs("line c1", edges, [.. chances.Positives.Select(n => (double)n)]);
        return new("Chances given", "far apart is sure; what overlaps is confused", plot, [new("line c1", name), new("fill c2", "the others")]);
    }

    static Plot Square(string title, string x, string y) => new(title, Axis.Linear(x, 0, 1), Axis.Linear(y, 0, 1), height: 300);
}

sealed record ClassRow(string Name, string Rows, string Precision, string Recall, string F1, string Auc, string AveragePrecision)
{
    public static ClassRow Of(ClassCurves of) => new(of.Name, Wording.Count(of.Rows), Wording.Score(of.Precision), Wording.Score(of.Recall),
        Wording.Score(of.F1), Wording.Score(of.Auc), Wording.Score(of.AveragePrecision));
}

sealed record ConfusionTable(IReadOnlyList<string> Labels, IReadOnlyList<ConfusionRow> Rows)
{
    public static ConfusionTable Of(Confusion confusion) => new(confusion.Labels,
        [.. confusion.Counts.Select((counts, truth) =>
        {
            var all = Math.Max(1, counts.Sum());
            return new ConfusionRow(confusion.Labels[truth], Wording.Count(counts.Sum()),
                [.. counts.Select((n, decided) => new ConfusionCell(Wording.Count(n), Wording.Percent((double)n / all), Wording.Width((double)n / all), decided == truth))]);
        })]);
}

sealed record ConfusionRow(string Label, string All, IReadOnlyList<ConfusionCell> Cells);

sealed record ConfusionCell(string Count, string Share, string Shade, bool IsRight);
