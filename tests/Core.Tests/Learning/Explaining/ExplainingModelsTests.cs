using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class ExplainingModelsTests
{
    static readonly string[] Price = ["Price"];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_column_that_the_model_does_not_use_has_no_importance()
    {
        var (score, rows, columns) = PermutationImportance.Of(Known.LineFolds(), Known.Rmse, higherIsBetter: false, Scale.Same, seed: 1, Cancel);

        Assert.Equal(0, score, 6);
        Assert.Equal(200, rows);
        Assert.Equal("Slope", columns[0].Column);
        // Two uniform draws differ by √(1/6) at the mean of squares; times 3.
        Assert.Equal(3 * Math.Sqrt(1.0 / 6), columns[0].Drop, 0.15);
        Assert.All(columns.Skip(1), c => Assert.Equal(0, c.Drop));
    }

    [Fact]
    public void A_metric_that_is_not_defined_on_the_sample_gives_no_importance() =>
        Assert.Empty(PermutationImportance.Of(Known.LineFolds(), (_, _) => throw new InputException("A class is absent."), false, Scale.Same, seed: 1, Cancel).Columns);

    [Fact]
    public void Contributions_are_summed_up_strongest_first()
    {
        var shap = ShapSummary.Of(Known.LineFolds(), Price, seed: 1, Cancel)!;

        Assert.Equal(["Slope", "Noise"], shap.Columns.Select(c => c.Column));
        Assert.Equal(200, shap.Columns[0].Contributions.Count);
        Assert.Equal(0, shap.Columns[1].MeanAbsolute[0]);
        var order = Enumerable.Range(0, 200).OrderBy(i => shap.Columns[0].Contributions[i]).ToArray();
        Assert.Equal(0, shap.Columns[0].Values[order[0]]);
        Assert.Equal(1, shap.Columns[0].Values[order[^1]]);
    }

    [Fact]
    public void Dependence_on_a_line_is_the_line()
    {
        var found = PartialDependence.Of(Known.LineFolds(), "Slope", Price, Scale.Same, seed: 1, Cancel)!;

        Assert.Equal(1, found.Share.Sum(), 9);
        for (var p = 0; p < found.At.Count; p++) Assert.Equal(3 * found.At[p], found.Lines[0].Mean[p], 4);
    }

    [Fact]
    public void Dependence_is_told_on_the_tables_own_scale()
    {
        var found = PartialDependence.Of(Known.LineFolds(), "Slope", Price, Scale.Log, seed: 1, Cancel)!;

        Assert.Equal(Math.Exp(3 * found.At[^1]), found.Lines[0].Mean[^1], 2);
    }

    [Fact]
    public void Dependence_on_a_category_goes_level_by_level()
    {
        var found = PartialDependence.Of(Known.LineFolds(), "Port", Price, Scale.Same, seed: 1, Cancel)!;

        Assert.Equal(["Southampton", "Cherbourg"], found.Levels);
        Assert.Equal([0.75, 0.25], found.Share);
        Assert.Equal(found.Lines[0].Mean[0], found.Lines[0].Mean[1], 6);
    }

    [Fact]
    public void Members_that_err_alike_correlate()
    {
        var answers = Known.Numbers(0, 0, 0, 0);
        var found = ErrorCorrelation.Of(answers,
            [("a", Known.Values(1, -1, 2, 5)), ("b", Known.Values(2, -2, 4, float.NaN)), ("c", Known.Values(-1, 1, -2, 5))], seed: 1)!;

        Assert.Equal(3, found.Rows);
        Assert.Equal(1, found.Values[0][1], 9);
        Assert.Equal(-1, found.Values[0][2], 9);
    }

    [Fact]
    public void The_worst_mistake_comes_first()
    {
        var found = WorstMistakes.Of(Known.Binary(1, 0, 1), Known.Chances(0.9f, 0.8f, float.NaN), i => $"row {i}", i => i, i => [new("Age", $"{20 + i}")]);

        Assert.Equal(["row 1", "row 0"], found.Select(m => m.Id));
        Assert.Equal(("died", "lived (0.800)", "21"), (found[0].Truth, found[0].Predicted, found[0].Cells[0].Text));
        Assert.Equal(0.8, found[0].Error, 6);
    }

    [Fact]
    public void A_target_is_shown_on_both_scales()
    {
        var found = Assert.Single(TargetProfile.Of(new(Target.Number("Price", Scale.Log), new(new[] { 1f, 10, 100, 1000 }, 1))));

        Assert.Equal((1, 55, 1000), (found.Spread!.Minimum, found.Spread.Median, found.Spread.Maximum));
        Assert.Equal(1, found.Histogram!.Train.Sum(), 9);
        Assert.InRange(found.Learned!.Edges[^1], 6.8, 6.91);
    }
}
