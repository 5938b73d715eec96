using System.Globalization;
using Kaggle.Core.Learning;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>A page of its own for the learning-rate finder: a plot for each network, its suggestions marked.</summary>
sealed record RatesPage(string CompetitionName, IReadOnlyList<ChartFigure> Plots)
{
    /// <returns>The HTML.</returns>
    public static string Of(string competition, IEnumerable<(string Learner, RateCurve Curve)> found) =>
        Templates.Render("rates", new RatesPage(competition, [.. found.Where(f => f.Curve.Rates.Count > 1).Select(f => Drawn(f.Learner, f.Curve))]));

    static ChartFigure Drawn(string learner, RateCurve curve)
    {
        var finite = curve.Losses.Where(double.IsFinite).Order().ToArray();
        var (low, high) = finite.Length == 0 ? (0, 1) : (finite[0], Math.Min(finite[^1], finite[0] + 2 * (curve.Losses[0] - finite[0] + 1e-12) + 1e-9));
        var room = (high - low) * 0.08;
        var plot = new Plot($"Loss of {learner} by learning rate", Axis.Logarithmic("learning rate", curve.Rates[0], curve.Rates[^1]), Axis.Linear("smoothed loss", low - room, high + room, 4));
        plot.Line("line c1", curve.Rates.Zip(curve.Losses).Where(p => double.IsFinite(p.Second)));
        var legend = new List<Legend> { new("line c1", "loss") };
        foreach (var (name, rate) in curve.Suggestions.Append(("now", curve.Now)))
        {
            if (rate is not { } at) continue;
            var style = $"dots c{legend.Count + 1}";
            var loss = curve.Losses[Enumerable.Range(0, curve.Rates.Count).MinBy(i => Math.Abs(Math.Log(curve.Rates[i] / at)))];
            var words = $"{name} {at.ToString("0.0e-0", CultureInfo.InvariantCulture)}";
            plot.Dots(style, [(at, loss)], words);
            legend.Add(new(style, words));
        }
        return new(learner, null, plot, legend);
    }
}
