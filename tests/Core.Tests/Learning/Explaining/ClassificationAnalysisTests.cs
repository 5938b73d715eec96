using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Learning.Explaining;

/// <summary>Expected values by scikit-learn 1.2.1: roc_curve, precision_recall_curve, calibration_curve, confusion_matrix.</summary>
public class ClassificationAnalysisTests
{
    static readonly float[] Chances =
    [
        0.57f, 0.33f, 0.52f, 0.35f, 0.27f, 0.54f, 0.11f, 0.79f, 0.82f, 0.59f, 0.83f, 0.11f, 0.37f, 0.83f, 0.61f, 0.75f, 0.15f, 0.37f, 0.24f, 0.67f,
        0.66f, 0.10f, 0.36f, 0.62f, 0.74f, 0.56f, 0.34f, 0.09f, 0.27f, 0.25f, 0.60f, 0.49f, 0.34f, 0.47f, 0.68f, 0.53f, 0.52f, 0.34f, 0.82f, 0.45f,
        0.33f, 0.07f, 0.93f, 0.80f, 0.29f, 0.40f, 0.43f, 0.32f, 0.56f, 0.34f, 0.89f, 0.27f, 0.70f, 0.97f, 0.45f, 0.82f, 0.18f, 0.83f, 0.35f, 0.50f,
    ];

    static readonly float[] Truth =
    [
        1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0,
        1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1,
    ];

    static readonly ClassificationAnalysis Found = ClassificationAnalysis.Of(
        Known.Binary(Truth), Known.Chances(Chances), Known.Chances(Chances).Values.Map(p => p >= 0.5f ? 1 : 0))!;

    [Fact]
    public void Areas_and_rates_are_those_of_scikit_learn()
    {
        var lived = Assert.Single(Found.Classes);

        Assert.Equal("lived", lived.Name);
        Assert.Equal(0.760289210233593, lived.Auc!.Value, 9);
        Assert.Equal(0.7574656849350617, lived.AveragePrecision!.Value, 9);
        Assert.Equal(0.1986633330242834, lived.Brier!.Value, 7);
        Assert.Equal(0.65517241, lived.Precision!.Value, 7);
        Assert.Equal(0.65517241, lived.Recall!.Value, 7);
        Assert.Equal([[21, 10], [10, 19]], Found.Confusion!.Counts);
    }

    [Fact]
    public void The_roc_curve_is_that_of_scikit_learn()
    {
        var roc = Found.Classes[0].Roc;

        Assert.Equal(45, roc.Count);
        AssertPoint(0, 0.103448, roc[3]);
        AssertPoint(0.064516, 0.275862, roc[6]);
        AssertPoint(0.419355, 0.827586, roc[29]);
        AssertPoint(0.709677, 1, roc[36]);
        AssertPoint(1, 1, roc[^1]);
    }

    [Fact]
    public void The_precision_recall_curve_is_that_of_scikit_learn()
    {
        var curve = Found.Classes[0].PrecisionRecall;

        Assert.Equal(45, curve.Count);
        AssertPoint(0, 1, curve[0]);
        AssertPoint(0.275862, 0.888889, curve[5]);
        AssertPoint(0.862069, 0.625, curve[31]);
        AssertPoint(1, 0.483333, curve[^1]);
    }

    [Fact]
    public void Calibration_bins_are_those_of_scikit_learn()
    {
        (double Predicted, double Found)[] expected =
        [
            (0.105000, 0.000000), (0.246667, 0.333333), (0.328750, 0.250000), (0.360000, 0.600000), (0.440000, 0.400000),
            (0.516667, 0.666667), (0.581667, 0.500000), (0.678333, 0.666667), (0.800000, 0.500000), (0.880000, 1.000000),
        ];
        var bins = Found.Classes[0].Calibration!.Bins;

        Assert.Equal(expected.Length, bins.Count);
        for (var i = 0; i < bins.Count; i++)
        {
            Assert.Equal(expected[i].Predicted, bins[i].Predicted, 1e-6);
            Assert.Equal(expected[i].Found, bins[i].Found, 1e-6);
        }
        Assert.Equal(60, bins.Sum(b => b.Rows));
    }

    [Fact]
    public void Rows_without_a_prediction_are_left_out()
    {
        var found = ClassificationAnalysis.Of(Known.Binary(1, 0, 1), Known.Chances(0.9f, float.NaN, 0.2f), new(new float[] { 1, 0, 0 }, 1))!;

        Assert.Equal(2, found.Rows);
        Assert.Equal([[0, 0], [1, 1]], found.Confusion!.Counts);
        Assert.Null(found.Classes[0].Auc);                       // one class only is left
    }

    [Fact]
    public void A_long_curve_is_thinned_and_its_area_is_not()
    {
        var random = new Random(3);
        var chances = Enumerable.Range(0, 5000).Select(_ => random.NextSingle()).ToArray();
        var truth = Array.ConvertAll(chances, p => random.NextSingle() < p ? 1f : 0);

        var found = ClassificationAnalysis.Of(Known.Binary(truth), Known.Chances(chances), new(new float[5000], 1))!.Classes[0];

        Assert.InRange(found.Roc.Count, 100, 160);
        Assert.Equal(0.8333, found.Auc!.Value, 0.02);            // 5/6 for chances that are uniform and true
        Assert.Equal(new CurvePoint(1, 1), found.Roc[^1]);
    }

    [Fact]
    public void Many_classes_share_a_last_row_and_the_commonest_keep_curves()
    {
        var random = new Random(5);
        var truth = Enumerable.Range(0, 600).Select(i => (float)(i % 24)).ToArray();
        var answers = new TargetValues(Target.Classes("Kind"), new(truth, 1), [.. Enumerable.Range(0, 24).Select(k => $"kind {k}")]);
        var chances = new Predictions(OutputKind.Probabilities, new(Enumerable.Range(0, 600 * 24).Select(_ => random.NextSingle()).ToArray(), 24));

        var found = ClassificationAnalysis.Of(answers, chances, new(truth, 1))!;

        Assert.Equal(16, found.Confusion!.Labels.Count);
        Assert.Equal("9 others", found.Confusion.Labels[^1]);
        Assert.Equal(600, found.Confusion.Counts.Sum(row => row.Sum()));
        Assert.Equal(10, found.Classes.Count(c => c.Roc.Count > 0));
        Assert.All(found.Classes, c => Assert.NotNull(c.Auc));
        Assert.NotNull(found.Confidence);
    }

    static void AssertPoint(double x, double y, CurvePoint found)
    {
        Assert.Equal(x, found.X, 1e-6);
        Assert.Equal(y, found.Y, 1e-6);
    }
}
