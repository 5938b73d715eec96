using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class RegressionAnalysisTests
{
    static readonly float[] Truth =
    [
        136.6f, 34.9f, 166.6f, 291.6f, 138.5f, 96.3f, 192.6f, 178.4f, 82.5f, 92.1f, 101.5f, 90.9f, 24.3f, 34.8f, 115.9f, 175.7f, 62.1f, 177.7f, 130.9f, 101.9f,
    ];

    static readonly float[] Predicted =
    [
        167.7f, 35.0f, 266.5f, 259.0f, 193.4f, 78.7f, 232.9f, 181.1f, 96.4f, 85.4f, 74.5f, 58.7f, 23.2f, 35.9f, 115.0f, 162.5f, 68.7f, 211.9f, 89.4f, 100.8f,
    ];

    [Fact]
    public void Errors_are_those_of_scikit_learn()
    {
        var found = Assert.Single(RegressionAnalysis.Of(Known.Numbers(Truth), Known.Values(Predicted), seed: 1));

        Assert.Equal(33.22891, found.Rmse, 4);
        Assert.Equal(22.935, found.MeanAbsoluteError, 4);
        Assert.Equal(0.7194940535689198, found.R2, 6);
        Assert.Equal(5.544999, found.Bias, 4);
        Assert.Equal(20, found.Points.Count);
        Assert.Equal(1, found.Residuals.Train.Sum(), 9);
        Assert.Equal(20, found.ByPrediction.Sum(b => b.Rows));
    }

    [Fact]
    public void Residuals_are_on_the_scale_of_learning()
    {
        var answers = new TargetValues(Target.Number("Price", Scale.Log), new(new[] { 1f, MathF.E, 2f }, 1));

        var found = RegressionAnalysis.Of(answers, Known.Values(MathF.E, MathF.E * MathF.E, 2 * MathF.E), seed: 1)[0];

        Assert.All(found.ByPrediction, b => Assert.Equal(1, b.Bias, 5));
    }

    [Fact]
    public void Quantiles_say_how_often_the_truth_lies_below()
    {
        var answers = new TargetValues(Target.Quantiles("Sales", 0.1, 0.5, 0.9), new(new[] { 1f, 2, 3, 4 }, 1));
        var predicted = new Predictions(OutputKind.Values, new(new[] { 0f, 1, 2, 0, 1, 2, 0, 4, 5, 5, 5, 5 }, 3));

        var found = RegressionAnalysis.Of(answers, predicted, seed: 1)[0];

        Assert.Equal([new(0.1, 0.25), new(0.5, 0.75), new QuantileCoverage(0.9, 1)], found.Quantiles);
    }

    [Fact]
    public void Of_several_targets_each_has_its_own()
    {
        var answers = new TargetValues(Target.Numbers("Width", "Height"), new(new[] { 1f, 10, 2, 20, 3, 30 }, 2));

        var found = RegressionAnalysis.Of(answers, new(OutputKind.Values, new(new[] { 1f, 11, 2, 21, 3, 31 }, 2)), seed: 1);

        Assert.Equal(["Width", "Height"], found.Select(f => f.Target));
        Assert.Equal([0.0, 1.0], found.Select(f => f.Bias));
    }
}
