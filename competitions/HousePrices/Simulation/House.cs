using System.Globalization;

namespace Kaggle.Competitions.HousePrices.Simulation;

/// <summary>One simulated house; the properties are Kaggle's columns.</summary>
public sealed record House
{
    public required string Neighborhood { get; init; }
    public required string MSZoning { get; init; }
    public required string HouseStyle { get; init; }
    public required string ExterQual { get; init; }
    public required string KitchenQual { get; init; }

    /// <summary>NA without a basement.</summary>
    public required string BsmtQual { get; init; }
    public required string CentralAir { get; init; }
    public required string SaleCondition { get; init; }

    /// <summary>Feet of street; −1: not known.</summary>
    public required int LotFrontage { get; init; }
    public required int LotArea { get; init; }
    public required int OverallQual { get; init; }
    public required int OverallCond { get; init; }
    public required int YearBuilt { get; init; }
    public required int YearRemodAdd { get; init; }
    public required int TotalBsmtSF { get; init; }
    public required int BsmtFinSF1 { get; init; }
    public required int GrLivArea { get; init; }
    public required int FullBath { get; init; }
    public required int Fireplaces { get; init; }
    public required int GarageCars { get; init; }

    public static readonly string[] Columns =
    [
        "MSZoning", "LotFrontage", "LotArea", "Neighborhood", "HouseStyle", "OverallQual", "OverallCond", "YearBuilt", "YearRemodAdd", "ExterQual",
        "BsmtQual", "BsmtFinSF1", "TotalBsmtSF", "CentralAir", "GrLivArea", "FullBath", "KitchenQual", "Fireplaces", "GarageCars", "SaleCondition",
    ];

    public string[] Fields =>
    [
        MSZoning, LotFrontage < 0 ? "NA" : Text(LotFrontage), Text(LotArea), Neighborhood, HouseStyle, Text(OverallQual), Text(OverallCond), Text(YearBuilt),
        Text(YearRemodAdd), ExterQual, BsmtQual, Text(BsmtFinSF1), Text(TotalBsmtSF), CentralAir, Text(GrLivArea), Text(FullBath), KitchenQual,
        Text(Fireplaces), Text(GarageCars), SaleCondition,
    ];

    /// <returns>The logarithm of the price before the noise of the day: the best prediction that there is.</returns>
    public double LogPrice() => 11.98
        + 0.42 * Math.Log(GrLivArea / 1500.0)
        + 0.08 * Math.Log(LotArea / 9500.0)
        + 0.00012 * (TotalBsmtSF - 1000)
        + 0.00007 * BsmtFinSF1
        + 0.075 * (OverallQual - 6)
        + 0.045 * (OverallCond - 5)
        + 0.0022 * (YearBuilt - 1975)
        + 0.0010 * (YearRemodAdd - 1985)
        + 0.03 * FullBath + 0.04 * Fireplaces + 0.05 * GarageCars
        + Market.Quarters.First(q => q.Name == Neighborhood).Wealth
        + 0.04 * Grade(KitchenQual) + 0.03 * Grade(ExterQual) + 0.02 * Grade(BsmtQual)
        + (CentralAir == "N" ? -0.08 : 0)
        + MSZoning switch { "RM" => -0.06, "C (all)" => -0.30, "FV" => 0.03, _ => 0 }
        + SaleCondition switch { "Abnorml" => -0.09, "Partial" => 0.06, _ => 0 };

    public static House Draw(Draws draws)
    {
        var quarter = draws.Weighted([.. Market.Quarters.Select(q => (q, q.Share))]);
        var built = Math.Clamp((int)Math.Round(draws.Normal(quarter.Built, 8)), 1880, 2010);
        var touched = draws.Chance(0.45) ? draws.Whole(Math.Max(1950, built), 2010) : Math.Max(1950, built);
        var standing = (2.5 * quarter.Wealth) + ((built - 1970) / 60.0) + draws.Normal(0, 0.5);      // of this house, around 0
        var quality = Math.Clamp((int)Math.Round(6.0 + 1.3 * standing + draws.Normal(0, 0.5)), 2, 10);
        var ground = Math.Clamp((int)Math.Round(1060 * Math.Exp(draws.Normal(0.12 * standing, 0.22))), 420, 3200);
        var style = draws.Weighted([("1Story", 0.5), ("2Story", 0.32), ("1.5Fin", built < 1950 ? 0.3 : 0.02), ("SLvl", built > 1950 ? 0.06 : 0.0)]);
        var basement = draws.Chance(0.975) ? Math.Max(200, ground + draws.Whole(-120, 60)) : 0;
        return new()
        {
            Neighborhood = quarter.Name,
            MSZoning = quarter.Name switch
            {
                "Somerst" => draws.Weighted([("FV", 0.75), ("RL", 0.25)]),
                "OldTown" or "MeadowV" => draws.Weighted([("RM", 0.85), ("RL", 0.15)]),
                "IDOTRR" => draws.Weighted([("RM", 0.75), ("C (all)", 0.25)]),
                _ => draws.Weighted([("RL", 0.93), ("RM", 0.07)]),
            },
            HouseStyle = style,
            ExterQual = Quality(standing + draws.Normal(0, 0.4)),
            KitchenQual = Quality(standing + (touched > 1995 ? 0.4 : -0.2) + draws.Normal(0, 0.5)),
            BsmtQual = basement == 0 ? "NA" : Quality(standing + 0.2 + draws.Normal(0, 0.5)),
            CentralAir = draws.Chance(built < 1940 ? 0.25 : 0.02) ? "N" : "Y",
            SaleCondition = draws.Weighted([("Normal", 0.83), ("Partial", built > 2004 ? 0.4 : 0.0), ("Abnorml", 0.08), ("Family", 0.02)]),
            LotArea = (int)Math.Round(9300 * Math.Exp(draws.Normal(0.1 * standing, 0.35))),
            LotFrontage = draws.Chance(0.18) ? -1 : Math.Clamp((int)Math.Round(draws.Normal(69, 19)), 21, 200),
            OverallQual = quality,
            OverallCond = built > 1995 ? 5 : Math.Clamp((int)Math.Round(draws.Normal(5.8, 1.2)), 2, 9),
            YearBuilt = built,
            YearRemodAdd = touched,
            TotalBsmtSF = basement,
            BsmtFinSF1 = draws.Chance(0.33) ? 0 : (int)Math.Round(basement * draws.Between(0.1, 0.9)),
            GrLivArea = (int)Math.Round(ground * style switch { "2Story" => draws.Between(1.6, 2.0), "1.5Fin" => draws.Between(1.3, 1.6), _ => 1.0 }),
            FullBath = Math.Clamp((int)Math.Round(1.5 + 0.6 * standing + draws.Normal(0, 0.4)), 1, 3),
            Fireplaces = Math.Clamp((int)Math.Round(0.55 + 0.5 * standing + draws.Normal(0, 0.5)), 0, 3),
            GarageCars = Math.Clamp((int)Math.Round(1.75 + 0.7 * standing + draws.Normal(0, 0.4)), 0, 4),
        };
    }

    static string Quality(double standing) => standing switch { < -1.3 => "Fa", < 0.3 => "TA", < 1.4 => "Gd", _ => "Ex" };

    static int Grade(string quality) => quality switch { "Ex" => 2, "Gd" => 1, "Fa" => -1, "NA" => -2, _ => 0 };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
