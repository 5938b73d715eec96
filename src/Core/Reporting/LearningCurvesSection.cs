using Kaggle.Core.Reporting.Charts;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>How the trainings went, iteration by iteration.</summary>
sealed record LearningCurvesSection(IReadOnlyList<ChartFigure> Plots) : Section("curves", "Learning curves")
{
    const int MostFigures = 12;

    public static Section? Of(FinishedRun run)
    {
        LearningCurve[] curves = [.. run.Analysis?.Curves.Where(c => !ActivationsSection.IsOne(c.Name)) ?? []];
        if (curves.Length == 0) return null;
        var seed = curves.Min(c => c.Seed);
        var figures = curves.Where(c => c.Seed == seed).GroupBy(c => (c.Learner, Measure: Part(c.Name).Measure)).Take(MostFigures)
            .Select(g => Drawn(g.Key.Learner, g.Key.Measure, [.. g])).OfType<ChartFigure>().ToArray();
        return figures.Length == 0 ? null : new LearningCurvesSection(figures);
    }

    static ChartFigure? Drawn(string learner, string measure, LearningCurve[] curves)
    {
        // The first steps fall from far off and would flatten the rest: the frame is what nearly all values need.
        var values = curves.SelectMany(c => c.Values).Where(double.IsFinite).Order().ToArray();
        if (values.Length < 2) return null;
        var (low, high) = (values[(int)(values.Length * 0.03)], values[Math.Min(values.Length - 1, (int)(values.Length * 0.97))]);
        if (low == high) (low, high) = (values[0], values[^1]);
        var room = (high - low) * 0.08;
        var longest = curves.Max(c => (c.Values.Count - 1) * c.Every + 1);
        var plot = new Plot($"Learning curves of {learner}: {measure}", Axis.Linear("iteration", 0, longest, 4), Axis.Linear(measure, low - room, high + room, 4), height: 240);
        var parts = curves.Select(c => Part(c.Name).Rows).Distinct().OrderBy(p => p == "train" ? 0 : 1).ToArray();
        var folds = curves.Select(c => c.Fold).Distinct().Count();
        foreach (var curve in curves.OrderBy(c => Array.IndexOf(parts, Part(c.Name).Rows)))
            plot.Line($"{(folds > 1 ? "thin" : "line")} c{Array.IndexOf(parts, Part(curve.Name).Rows) + 1}",
                curve.Values.Select((v, i) => ((double)i * curve.Every, v)).Where(p => double.IsFinite(p.v)), $"{curve.Name}, fold {curve.Fold + 1}");
        return new(learner, folds > 1 ? $"{measure}; a line a fold" : measure, plot,
            parts.Length == 1 && parts[0].Length == 0 ? [] : [.. parts.Select((p, i) => new Legend($"line c{i + 1}", p.Length == 0 ? measure : p))]);
    }

    // "validation auc" is of validation rows, in auc; "learning rate" is of none.
    static (string Rows, string Measure) Part(string name) =>
        name.Split(' ', 2) is [("train" or "validation" or "valid" or "test") and var rows, var measure] ? (rows, measure) : ("", name);
}
