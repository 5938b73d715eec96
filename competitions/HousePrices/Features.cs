namespace Kaggle.Competitions.HousePrices;

/// <summary>Grades as numbers, areas and baths as sums, years as ages; a column that a file lacks is passed over.</summary>
public static class Houses
{
    static readonly string[] Grade = ["Po", "Fa", "TA", "Gd", "Ex"];

    static readonly string[] Finish = ["Unf", "LwQ", "Rec", "BLQ", "ALQ", "GLQ"];

    /// <summary>Words with an order become 1, 2, 3 …; missing is none of it, 0.</summary>
    static readonly Dictionary<string, string[]> Orders = new()
    {
        ["ExterQual"] = Grade, ["ExterCond"] = Grade, ["BsmtQual"] = Grade, ["BsmtCond"] = Grade, ["HeatingQC"] = Grade, ["KitchenQual"] = Grade,
        ["FireplaceQu"] = Grade, ["GarageQual"] = Grade, ["GarageCond"] = Grade, ["PoolQC"] = Grade,
        ["BsmtExposure"] = ["No", "Mn", "Av", "Gd"],
        ["BsmtFinType1"] = Finish, ["BsmtFinType2"] = Finish,
        ["Functional"] = ["Sal", "Sev", "Maj2", "Maj1", "Mod", "Min2", "Min1", "Typ"],
        ["GarageFinish"] = ["Unf", "RFn", "Fin"],
        ["PavedDrive"] = ["N", "P", "Y"],
        ["LotShape"] = ["IR3", "IR2", "IR1", "Reg"],
        ["LandSlope"] = ["Sev", "Mod", "Gtl"],
    };

    /// <summary>Beyond this nobody pays for more: a handful of lots and mansions would else bend every line.</summary>
    static readonly Dictionary<string, double> Most = new()
    {
        ["GrLivArea"] = 4000, ["TotalBsmtSF"] = 3000, ["1stFlrSF"] = 3000, ["BsmtFinSF1"] = 2500, ["GarageArea"] = 1300,
        ["LotFrontage"] = 200, ["LotArea"] = 60000,
    };

    static readonly string[] NoneWhenMissing =
        ["MasVnrArea", "BsmtFinSF1", "BsmtFinSF2", "BsmtUnfSF", "TotalBsmtSF", "BsmtFullBath", "BsmtHalfBath", "GarageCars", "GarageArea"];

    public static DataFrame Describe(DataFrame houses)
    {
        var unfinishedGiant = UnfinishedGiants(houses);
        foreach (var (column, order) in Orders.Where(o => Has(houses, o.Key)))
            houses.With(column, [.. houses.Texts(column).Select(word => 1.0 + Array.IndexOf(order, word))]);
        foreach (var column in NoneWhenMissing.Where(c => Has(houses, c)))
            houses.With(column, [.. houses.Numbers(column).Select(x => double.IsNaN(x) ? 0 : x)]);
        foreach (var (column, most) in Most.Where(m => Has(houses, m.Key)))
            houses.With(column, [.. houses.Numbers(column).Select(x => Math.Min(x, most))]);
        if (Has(houses, "MSSubClass"))
            houses.With("MSSubClass", [.. houses.Texts("MSSubClass").Select(code => $"class {code}")]);      // a code, not a quantity

        var area = Sum(houses, ("GrLivArea", 1), ("TotalBsmtSF", 1));
        var quality = houses.Numbers("OverallQual");
        houses
            .With("Area", area)
            .With("AreaByQuality", [.. area.Zip(quality, (a, q) => a * q)])
            .With("QualityByCondition", [.. quality.Zip(houses.Numbers("OverallCond"), (q, c) => q * c)])
            .With("Grades", Sum(houses, ("OverallQual", 1), ("ExterQual", 1), ("KitchenQual", 1), ("BsmtQual", 1)))
            .With("Baths", Sum(houses, ("FullBath", 1), ("HalfBath", 0.5), ("BsmtFullBath", 1), ("BsmtHalfBath", 0.5)))
            .With("Porches", Sum(houses, ("OpenPorchSF", 1), ("EnclosedPorch", 1), ("3SsnPorch", 1), ("ScreenPorch", 1), ("WoodDeckSF", 1)))
            .With("UnfinishedGiant", unfinishedGiant);
        if (Has(houses, "YrSold"))
            houses
                .With("Age", Ages(houses, "YearBuilt"))
                .With("SinceRemodelled", Ages(houses, "YearRemodAdd"))
                .With("New", [.. Ages(houses, "YearBuilt").Select(age => age == 0 ? 1.0 : 0.0)]);
        return houses;
    }

    /// <summary>
    /// Sold before it was finished and above 4,000 square feet: what the assessor measured is not what was paid for.
    /// Three such sales stand in Kaggle's files, two of them in train; the data's author advises to leave them out.
    /// </summary>
    static double[] UnfinishedGiants(DataFrame houses) =>
        [.. houses.Texts("SaleCondition").Zip(houses.Numbers("GrLivArea"), (sale, area) => sale == "Partial" && area > 4000 ? 1.0 : 0.0)];

    static double[] Ages(DataFrame houses, string since) =>
        [.. houses.Numbers("YrSold").Zip(houses.Numbers(since), (sold, year) => Math.Max(0, sold - year))];

    static double[] Sum(DataFrame houses, params (string Column, double Each)[] parts)
    {
        var sum = new double[houses.Rows.Count];
        foreach (var (column, each) in parts.Where(p => Has(houses, p.Column)))
        {
            var values = houses.Numbers(column);
            for (var row = 0; row < sum.Length; row++) sum[row] += double.IsNaN(values[row]) ? 0 : each * values[row];
        }
        return sum;
    }

    static bool Has(DataFrame houses, string column) => houses.Columns.Any(c => c.Name == column);
}
