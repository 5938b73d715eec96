using System.Globalization;
using Kaggle.Competitions.HousePrices.Simulation;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Competitions.Samples;

public class HousePricesSampleTests
{
    static readonly IReadOnlyList<SampleFile> Made = Market.Simulate();

    [Fact]
    public void The_committed_files_are_what_the_generator_makes() => Committed.AreWhatIsMade("HousePrices", Made);

    [Fact]
    public void Twenty_columns_stand_between_the_id_and_the_price() =>
        Assert.Equal(20, Made.Of("train.csv").Rows()[0].Count - 2);

    [Fact]
    public void The_formula_misses_the_prices_by_the_noise_that_is_stated()
    {
        Assert.Equal(Market.Noise, Error(Made.Of("train.csv").Rows(), Made.Of("train.csv").Rows()), 0.005);
        Assert.Equal(Market.Noise, Error(Made.Of("test.csv").Rows(), Made.Of("solution.csv").Rows()), 0.005);
    }

    static double Error(List<Dictionary<string, string>> houses, List<Dictionary<string, string>> prices) =>
        Math.Sqrt(houses.Zip(prices, (h, p) => Math.Pow(Read(h).LogPrice() - Math.Log(Number(p["SalePrice"])), 2)).Average());

    static House Read(Dictionary<string, string> row) => new()
    {
        Neighborhood = row["Neighborhood"], MSZoning = row["MSZoning"], HouseStyle = row["HouseStyle"], ExterQual = row["ExterQual"],
        KitchenQual = row["KitchenQual"], BsmtQual = row["BsmtQual"], CentralAir = row["CentralAir"], SaleCondition = row["SaleCondition"],
        LotFrontage = row["LotFrontage"] == "NA" ? -1 : Number(row["LotFrontage"]), LotArea = Number(row["LotArea"]),
        OverallQual = Number(row["OverallQual"]), OverallCond = Number(row["OverallCond"]), YearBuilt = Number(row["YearBuilt"]),
        YearRemodAdd = Number(row["YearRemodAdd"]), TotalBsmtSF = Number(row["TotalBsmtSF"]), BsmtFinSF1 = Number(row["BsmtFinSF1"]),
        GrLivArea = Number(row["GrLivArea"]), FullBath = Number(row["FullBath"]), Fireplaces = Number(row["Fireplaces"]), GarageCars = Number(row["GarageCars"]),
    };

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
