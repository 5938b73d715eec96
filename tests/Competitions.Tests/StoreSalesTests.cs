using Kaggle.Competitions.StoreSales;
using Kaggle.Competitions.StoreSales.Simulation;
using Kaggle.Core.Data;
using Kaggle.Tests.Competitions.Samples;

namespace Kaggle.Tests.Competitions;

public sealed class StoreSalesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("store-sales-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Its_sample_goes_to_a_submission_and_a_report()
    {
        using var competition = new Declared("StoreSales");
        var (code, printed) = await competition.Run("--learner", "SharedSeason", "--learner", "ExponentialSmoothing", "--out", competition.Out);

        Assert.True(code == 0, printed);
        var wanted = File.ReadAllLines(Path.Combine(Committed.Folder("StoreSales"), "sample_submission.csv"));
        Assert.Equal(wanted.Select(line => line.Split(',')[0]), competition.Submission().Select(line => line.Split(',')[0]));
        Assert.Single(competition.Report());
    }

    [Fact]
    public void The_committed_files_are_what_the_generator_makes() => Committed.AreWhatIsMade("StoreSales", Shops.Simulate());

    [Fact]
    public void Knowing_all_but_the_noise_still_leaves_the_error_that_is_stated() => Assert.Equal(769, Shops.BestReachable(2012), 0.5);

    [Fact]
    public void Features_and_stores_are_joined_and_the_id_is_made_of_three_columns()
    {
        var tables = Read(features: "Store,Date,Temperature\n1,2012-01-06,40\n1,2012-01-13,41\n");
        Assert.Equal("1_7_2012-01-06", tables.Train["Id"].TextAt(0));
        Assert.Equal(["40", null], Enumerable.Range(0, 2).Select(tables.Train["Temperature"].TextAt));          // store 2 has no features
        Assert.Equal(["A", "B"], Enumerable.Range(0, 2).Select(tables.Train["Type"].TextAt));
    }

    [Fact]
    public void A_week_of_a_store_that_has_features_twice_is_a_sentence() =>
        Assert.Contains("features.csv, line 3: Store, Date stand there twice", Assert.Throws<InputException>(() => Read(features: "Store,Date,Temperature\n1,2012-01-06,40\n1,2012-01-06,41\n")).Message);

    [Fact]
    public void A_store_that_stands_in_test_only_is_read() => Assert.Equal("3_7_2012-01-13", Read(features: null).Test["Id"].TextAt(1));

    LaidOutTables Read(string? features)
    {
        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
        Write("train.csv", "Store,Dept,Date,Weekly_Sales\n1,7,2012-01-06,10.5\n2,7,2012-01-06,12\n");
        Write("test.csv", "Store,Dept,Date\n1,7,2012-01-13\n3,7,2012-01-13\n");
        Write("stores.csv", "Store,Type,Size\n1,A,100\n2,B,200\n");
        if (features is not null) Write("features.csv", features);
        return new StoreFiles().Read(folder)!;
    }
}
