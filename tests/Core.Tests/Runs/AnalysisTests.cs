using Kaggle.Core.Data;
using Kaggle.Core.Runs;

namespace Kaggle.Tests.Core.Runs;

public class AnalysisTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var ticks = (double)new DateTime(2024, 5, 6).Ticks;
        var analysis = new RunAnalysis
        {
            Of = "GreedyEnsemble",
            Columns = [new() { Name = "Age", Kind = ColumnKind.Number, TestMissing = 0.25, Histogram = new([0, 1, ticks], [0.5, 0.5], Target: [null, 0.3]) }],
            Errors = new(["a", "b"], [[1, 0.5], [0.5, 1]], 10),
        };

        var read = RunAnalysis.FromJson(analysis.ToJson());

        Assert.Equal(analysis.ToJson(), read.ToJson());
        Assert.Equal([0, 1, ticks], read.Columns[0].Histogram!.Edges);
        Assert.Equal([null, 0.3], read.Columns[0].Histogram!.Target!);
        Assert.Null(read.Columns[0].Relation);
        Assert.Equal(ColumnKind.Number, read.Columns[0].Kind);
    }

    [Fact]
    public void A_number_that_is_none_survives_json_which_lacks_it()
    {
        var analysis = new RunAnalysis { Of = "x", Errors = new(["a"], [[double.NaN]], 0) };

        Assert.True(double.IsNaN(RunAnalysis.FromJson(analysis.ToJson()).Errors!.Values[0][0]));
    }
}
