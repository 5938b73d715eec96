using System.Globalization;
using Kaggle.Competitions.MovieLens;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Competitions;

public sealed class MovieLensTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("movielens-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Its_sample_goes_to_a_submission_and_a_report()
    {
        using var competition = new Declared("MovieLens");
        var (code, printed) = await competition.Run("--quick", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.Equal("id,rating", competition.Submission()[0]);
        Assert.Single(competition.Report());
        Assert.InRange(competition.RunJson().GetProperty("best").GetProperty("score").GetDouble(), 0.74, 0.89);
    }

    [Fact]
    public async Task Its_rankers_are_judged_and_the_best_of_them_names_films_that_a_viewer_has_not_rated()
    {
        using var competition = new Declared("MovieLens");
        var (code, printed) = await competition.Run("recommend", "--top", "5", "--out", competition.Out);

        Assert.True(code == 0, printed);
        string[] rankers = ["PopularItems", "ItemCosine", "BprFactors", "ImplicitAls", "Ease"];
        double Ndcg(string ranker) => double.Parse(printed.Split('\n').Single(line => line.TrimStart().StartsWith(ranker + " ") && !line.Contains("looks for")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.Contains($"by {rankers.MaxBy(Ndcg)}: ", printed);

        var lists = competition.Submission();
        Assert.Equal("user,place,item", lists[0]);
        var first = lists.Skip(1).Select(line => line.Split(',', 3)).GroupBy(cells => cells[0]).ToList();
        Assert.Equal(300, first.Count);
        Assert.All(first, list => Assert.Equal(["1", "2", "3", "4", "5"], list.Select(cells => cells[1])));
        Assert.All(first, list => Assert.Equal(5, list.Select(cells => cells[2]).Distinct().Count()));
    }

    [Fact]
    public async Task Who_ranks_nothing_says_so_when_asked_to_recommend()
    {
        using var competition = new Declared("Titanic");
        var (code, printed) = await competition.Run("recommend", "--out", competition.Out);
        Assert.Equal(2, code);
        Assert.Contains("declares nobody who ranks items", printed);
    }

    [Theory]
    [InlineData("1\t2\t6\t880000000", "line 2: the rating is '6'; ratings are numbers from 1 to 5")]
    [InlineData("1\t2\tgood\t880000000", "line 2: the rating is 'good'")]
    [InlineData("1\t2\t3\tyesterday", "line 2: the time is 'yesterday'")]
    [InlineData("1\t2\t3", "line 2: 3 fields, where 4 were to be")]
    public void A_broken_line_is_a_sentence(string line, string said) =>
        Assert.Contains(said, Assert.Throws<InputException>(() => Read("1\t1\t5\t880000000", line)).Message);

    [Fact]
    public void Times_that_go_backwards_and_films_rated_twice_are_read_as_they_stand()
    {
        var tables = Read([.. Enumerable.Range(0, 40).Select(i => $"{i % 4}\t{i % 7}\t{1 + i % 5}\t{890000000 - i}")]);
        Assert.Equal(40, tables!.Train.Rows + tables.Test.Rows);
        Assert.Equal("1998-03-15 22:13:19", tables.Train["time"].TextAt(Enumerable.Range(0, 40).First(row => tables.Train["id"].TextAt(row) == "2")));
    }

    [Fact]
    public void Without_films_and_viewers_the_ratings_are_enough() =>
        Assert.Equal(["id", "user", "item", "time", "rating"], Read([.. Enumerable.Range(0, 40).Select(i => $"{i % 4}\t{i % 7}\t3\t880000000")])!.Train.Names);

    LaidOutTables? Read(params string[] lines)
    {
        File.WriteAllLines(Path.Combine(folder, "u.data"), lines);
        return new GroupLensFiles().Read(folder);
    }
}
