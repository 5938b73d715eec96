using Kaggle.Core.Reporting.Charts;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>What came out of a network's layers, epoch by epoch: recorded where a run was asked to diagnose.</summary>
sealed record ActivationsSection(IReadOnlyList<ChartFigure> Plots) : Section("activations", "Activations")
{
    const int MostLayers = 7;                                            // as many as there are colours

    const string Prefix = "activation ", OfLayer = " of ";

    public static Section? Of(FinishedRun run)
    {
        var curves = run.Analysis?.Curves.Where(c => IsOne(c.Name)).ToArray() ?? [];
        if (curves.Length == 0) return null;
        var (seed, fold) = (curves.Min(c => c.Seed), curves.Min(c => c.Fold));
        var figures = curves.Where(c => c.Seed == seed && c.Fold == fold).GroupBy(c => (c.Learner, Part(c.Name).Measure)).Select(g => Drawn(g.Key.Learner, g.Key.Measure, [.. g])).OfType<ChartFigure>().ToArray();
        return figures.Length == 0 ? null : new ActivationsSection(figures);
    }

    /// <returns>Whether a curve is of a layer, "activation mean of layers.0", and not of the training as a whole.</returns>
    public static bool IsOne(string curve) => curve.StartsWith(Prefix, StringComparison.Ordinal) && curve.Contains(OfLayer, StringComparison.Ordinal);

    static ChartFigure? Drawn(string learner, string measure, LearningCurve[] layers)
    {
        if (layers.Length > MostLayers) layers = [.. Enumerable.Range(0, MostLayers).Select(i => layers[i * (layers.Length - 1) / (MostLayers - 1)])];
        var values = layers.SelectMany(c => c.Values).Where(double.IsFinite).ToArray();
        if (values.Length < 2) return null;
        var (low, high) = (values.Min(), values.Max());
        var room = low == high ? Math.Max(1, Math.Abs(low)) : (high - low) * 0.08;
        var plot = new Plot($"Activations of {learner}: {measure}", Axis.Linear("epoch", 1, Math.Max(2, layers.Max(c => (c.Values.Count - 1) * c.Every + 1)), 4), Axis.Linear(measure, low - room, high + room, 4), height: 240);
        for (var i = 0; i < layers.Length; i++)
            plot.Line($"line c{i + 1}", layers[i].Values.Select((v, at) => ((double)at * layers[i].Every + 1, v)).Where(p => double.IsFinite(p.v)), Part(layers[i].Name).Layer);
        return new(learner, measure, plot, [.. layers.Select((c, i) => new Legend($"line c{i + 1}", Part(c.Name).Layer))]);
    }

    static (string Measure, string Layer) Part(string curve)
    {
        var at = curve.IndexOf(OfLayer, StringComparison.Ordinal);
        return (curve[Prefix.Length..at], curve[(at + OfLayer.Length)..]);
    }
}
