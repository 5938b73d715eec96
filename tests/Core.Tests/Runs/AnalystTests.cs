using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;
using Kaggle.Tests.Core.Learning.Explaining;

namespace Kaggle.Tests.Core.Runs;

public class AnalystTests
{
    static readonly Analyst OfALine = new()
    {
        Train = Known.Line(),
        Folds = [.. Known.LineFolds().Select(f => f.Fold)],
        Metric = new Metric("rmse", HigherIsBetter: false, Need.Values, (_, _, _, _) => 0),
        Score = Known.Rmse,
        Of = "Line",
        Best = Known.Values([.. Known.Line().Answers.Truth.Values.ToArray().Select((y, i) => y + i * 0.001f)]),
        Members = [("Line", Known.Values([.. Known.Line().Answers.Truth.Values.ToArray().Select(y => y + 1)])), ("Zero", Known.Values(new float[200]))],
        Records = [("Line", 42, 0, new FitRecord { Curves = [new("train rmse", [.. Enumerable.Range(0, 1000).Select(i => 1.0 / (i + 1))])] })],
        Explained = "Line",
        Models = Known.LineFolds(),
    };

    [Fact]
    public void An_analysis_has_every_part_that_the_task_has()
    {
        var analysis = OfALine.Analyse(TestContext.Current.CancellationToken);

        Assert.Equal("Price", analysis.Targets[0].Column);
        Assert.Null(analysis.Classification);
        Assert.Equal(200, analysis.Regression[0].Rows);
        Assert.Equal((5, 200), (analysis.Curves[0].Every, analysis.Curves[0].Values.Count));
        Assert.Equal("Slope", analysis.Explanation!.Importance[0].Column);
        Assert.Equal(["Slope"], analysis.Explanation.Dependence.Select(d => d.Column));
        Assert.Equal(2, analysis.Errors!.Members.Count);
        Assert.Equal("200", analysis.Mistakes[0].Id);
        Assert.Equal(["Slope", "Noise", "Port"], analysis.Mistakes[0].Cells.Select(c => c.Column));
    }

    [Fact]
    public void The_same_run_is_analysed_to_the_same_bytes() =>
        Assert.Equal(OfALine.Analyse(TestContext.Current.CancellationToken).ToJson(), OfALine.Analyse(TestContext.Current.CancellationToken).ToJson());
}
