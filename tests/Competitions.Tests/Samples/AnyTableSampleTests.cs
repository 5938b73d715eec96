using System.Globalization;
using Kaggle.Competitions.AnyTable.Simulation;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Competitions.Samples;

public class AnyTableSampleTests
{
    static readonly IReadOnlyList<SampleFile> Made = Bicycles.Simulate(seed: 7);

    [Fact]
    public void The_committed_files_are_what_the_generator_makes() => Committed.AreWhatIsMade("AnyTable", Made);

    [Fact]
    public void Every_fourth_row_is_hidden() =>
        Assert.Equal((1500, 500, 500), (Made.Of("train.csv").Rows().Count, Made.Of("test.csv").Rows().Count, Made.Of("sample_submission.csv").Rows().Count));

    [Fact]
    public void Knowing_the_formula_still_leaves_an_error() => Assert.InRange(Bicycles.BestReachable(7), 7, 11);

    [Fact]
    public void Rentals_are_counts() =>
        Assert.All(Made.Of("train.csv").Rows(), row => Assert.InRange(int.Parse(row["rentals"], CultureInfo.InvariantCulture), 0, 1000));
}
