using System.Globalization;

namespace Kaggle.Competitions.HousePrices.Simulation;

/// <summary>The embedded sample: 1,600 simulated sales with the twenty columns of Kaggle's table that matter most.</summary>
/// <remarks>
/// Better quarters have larger, newer and better kept houses. The price is <see cref="House.LogPrice"/> plus noise of
/// <see cref="Noise"/> on the logarithm, so nobody's RMSE of logarithms can be expected below <see cref="Noise"/>.
/// </remarks>
public static class Market
{
    public const int Known = 1000;

    public const int Asked = 600;

    /// <summary>The standard deviation of the logarithm of the price around the formula.</summary>
    public const double Noise = 0.10;

    /// <summary>Quarters with their wealth (what it adds to the logarithm of a price), the year they were built up, and their share of the sales.</summary>
    public static readonly IReadOnlyList<Quarter> Quarters =
    [
        new("NAmes", -0.02, 1959, 0.16), new("CollgCr", 0.05, 1998, 0.11), new("OldTown", -0.12, 1922, 0.08), new("Edwards", -0.09, 1956, 0.07),
        new("Somerst", 0.10, 2004, 0.06), new("Gilbert", 0.03, 1999, 0.06), new("NridgHt", 0.22, 2005, 0.06), new("Sawyer", -0.04, 1964, 0.05),
        new("NWAmes", 0.02, 1976, 0.05), new("SawyerW", 0.02, 1988, 0.04), new("BrkSide", -0.05, 1932, 0.04), new("Crawfor", 0.14, 1942, 0.04),
        new("Mitchel", -0.02, 1982, 0.04), new("NoRidge", 0.24, 1995, 0.03), new("Timber", 0.12, 1992, 0.03), new("IDOTRR", -0.22, 1928, 0.03),
        new("ClearCr", 0.10, 1967, 0.02), new("StoneBr", 0.26, 1998, 0.02), new("SWISU", -0.05, 1926, 0.02), new("MeadowV", -0.24, 1973, 0.02),
    ];

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 2010);

    /// <returns>train.csv, test.csv, sample_submission.csv and solution.csv.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var draws = new Draws(seed);
        var sales = Enumerable.Range(1, Known + Asked).Select(id => (Id: Text(id), House: House.Draw(draws))).Select(s => (s.Id, s.House, Price: Price(s.House, draws))).ToList();
        var (train, test) = (sales[..Known], sales[Known..]);
        var usual = Text((int)Math.Round(train.Average(s => s.Price)));
        return
        [
            SampleFile.Of("train.csv", ["Id", .. House.Columns, "SalePrice"], train.Select(s => (string[])[s.Id, .. s.House.Fields, Text(s.Price)])),
            SampleFile.Of("test.csv", ["Id", .. House.Columns], test.Select(s => (string[])[s.Id, .. s.House.Fields])),
            SampleFile.Of("sample_submission.csv", ["Id", "SalePrice"], test.Select(s => (string[])[s.Id, usual])),
            SampleFile.Of("solution.csv", ["Id", "SalePrice"], test.Select(s => (string[])[s.Id, Text(s.Price)])),
        ];
    }

    static int Price(House house, Draws draws) => 100 * (int)Math.Round(Math.Exp(house.LogPrice() + draws.Normal(0, Noise)) / 100);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Name">Kaggle's name of the neighbourhood.</param>
/// <param name="Wealth">What living here adds to the logarithm of the price.</param>
/// <param name="Built">The year around which most houses were built.</param>
/// <param name="Share">Of all sales.</param>
public sealed record Quarter(string Name, double Wealth, int Built, double Share);
