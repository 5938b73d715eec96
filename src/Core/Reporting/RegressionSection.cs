using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>How far the predicted numbers lie from the true ones, and where.</summary>
sealed record RegressionSection(string About, IReadOnlyList<RegressionTarget> Targets) : Section("regression", "Regression")
{
    public static Section? Of(FinishedRun run) => run.Analysis is not { Regression.Count: > 0 } analysis ? null
        : new RegressionSection($"Out-of-fold predictions of {analysis.Of}, {Wording.Count(analysis.Regression[0].Rows)} rows.",
            [.. analysis.Regression.Select(r => RegressionTarget.Of(r, analysis.Regression.Count > 1))]);
}

/// <param name="Name">Null when there is one target only.</param>
sealed record RegressionTarget(string? Name, IReadOnlyList<Fact> Facts, IReadOnlyList<ChartFigure> Plots)
{
    public static RegressionTarget Of(RegressionAnalysis of, bool several)
    {
        List<ChartFigure> plots = [Scatter(of), Residuals(of), ByPrediction(of)];
        if (of.Quantiles.Count > 0) plots.Add(Quantiles(of));
        return new(several ? of.Target : null,
        [
            new("RMSE", Wording.Score(of.Rmse)), new("Mean absolute error", Wording.Score(of.MeanAbsoluteError)),
            new("R²", Wording.Score(of.R2)), new("Bias", Wording.Signed(of.Bias)),
        ], plots);
    }

    static string Unit(RegressionAnalysis of) => of.Scale switch
    {
        Scale.Log => "prediction − truth, in logarithms",
        Scale.LogOfOnePlus => "prediction − truth, as log(1 + x)",
        Scale.SquareRoot => "prediction − truth, as √x",
        _ => "prediction − truth",
    };

    static ChartFigure Scatter(RegressionAnalysis of)
    {
        var values = of.Points.SelectMany(p => new[] { p.X, p.Y }).ToArray();
        var (low, high) = (values.Min(), values.Max());
        var logarithmic = of.Scale is Scale.Log or Scale.LogOfOnePlus && low > 0 && high / low > 4;
        var room = logarithmic ? Math.Pow(high / low, 0.03) : (high - low) * 0.03;
        Axis Side(string label) => logarithmic ? Axis.Logarithmic(label, low / room, high * room) : Axis.Linear(label, low - room, high + room, 4);
        return new("Predicted against true", $"{(logarithmic ? "both on logarithmic scales; " : "")}the diagonal is the truth",
            new Plot("Predicted against true", Side("true"), Side("predicted"), height: 320)
                .Line("guide", [(low, low), (high, high)]).Dots("specks c1", of.Points.Select(p => (p.X, p.Y))),
            []);
    }

    static ChartFigure Residuals(RegressionAnalysis of) => new("Residuals", "a bell around 0 is good; a long side is a kind of row not understood",
        new Plot("Residuals", Axis.Linear(Unit(of), of.Residuals.Edges[0], of.Residuals.Edges[^1], 4), Axis.Linear("share of rows, %", 0, of.Residuals.Train.Max() * 105, 4), height: 320)
            .Bars("fill c1", of.Residuals.Edges, [.. of.Residuals.Train.Select(s => s * 100)])
            .Line("guide", [(0, 0), (0, 1e9)]), []);

    static ChartFigure ByPrediction(RegressionAnalysis of)
    {
        var bins = of.ByPrediction;
        var reach = bins.Max(b => Math.Abs(b.Bias) + b.Sd) * 1.05;
        var (low, high) = (bins[0].Predicted, bins[^1].Predicted);
        var logarithmic = of.Scale is Scale.Log or Scale.LogOfOnePlus && low > 0 && high / low > 4;
        var room = logarithmic ? Math.Pow(Math.Max(high / low, 1.01), 0.05) : (high - low) * 0.05;
        var plot = new Plot("Residuals by prediction",
                logarithmic ? Axis.Logarithmic("predicted", low / room, high * room) : Axis.Linear("predicted", low - room, high + room, 4),
                Axis.Linear(Unit(of), -reach, reach, 4), height: 320)
            .Line("guide", [(low / 1e3 - 1e9, 0), (high * 1e3 + 1e9, 0)])
            .Segments("thin c1", bins.Select(b => ((b.Predicted, b.Bias - b.Sd), (b.Predicted, b.Bias + b.Sd))))
            .Dots("dots c1", bins.Select(b => (b.Predicted, b.Bias)));
        return new("Residuals by prediction", "tenths of the rows: mean and standard deviation; a slope is a bias that a model could still learn", plot, []);
    }

    static ChartFigure Quantiles(RegressionAnalysis of)
    {
        var points = of.Quantiles.Select(q => (q.Quantile, q.Below)).ToArray();
        return new("Coverage of quantiles", "how often the truth lay below each quantile; the diagonal is right",
            new Plot("Coverage of quantiles", Axis.Linear("quantile", 0, 1), Axis.Linear("share below", 0, 1), height: 320)
                .Line("guide", [(0, 0), (1, 1)]).Line("thin c1", points).Dots("dots c1", points), []);
    }
}
