using Kaggle.Competitions.MovieLens;
using Kaggle.Competitions.MovieLens.Simulation;

namespace Kaggle.Tests.Competitions.Samples;

public class MovieLensSampleTests
{
    [Fact]
    public void The_committed_files_are_what_the_generator_makes() => Committed.AreWhatIsMade("MovieLens", Cinema.Simulate());

    [Fact]
    public void Knowing_all_but_the_noise_still_leaves_the_error_that_is_stated() => Assert.Equal(0.743, Cinema.BestReachable(1997), 5e-4);

    [Fact]
    public void One_rating_in_ten_is_asked_for_and_its_answer_kept_apart()
    {
        var tables = new GroupLensFiles().Read(Committed.Folder("MovieLens"))!;
        Assert.InRange(tables.Test.Rows / (double)(tables.Train.Rows + tables.Test.Rows), 0.09, 0.11);
        Assert.False(tables.Test.Has("rating"));
        Assert.Equal(tables.Test.Rows, tables.Solution!.Rows);
    }
}
