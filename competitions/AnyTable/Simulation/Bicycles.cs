using System.Globalization;

namespace Kaggle.Competitions.AnyTable.Simulation;

/// <summary>A simulated town that lends bicycles: a number over time, with dates, categories, gaps, a text and a column of no use.</summary>
/// <remarks>
/// A station's mean on a day is base · season · weekday · weather · warmth · calm; rentals are drawn from Poisson's distribution (as a normal draw, rounded).
/// Nobody can predict better than that mean: the root mean squared error then is √(mean of the means).
/// </remarks>
public static class Bicycles
{
    const int Days = 500;
    const int LentOf = 4;                                      // of a day's twelve stations so many stand in the table

    static readonly (string Name, double Base)[] Stations =
    [
        ("Harbour", 95), ("Market", 120), ("Old Bridge", 80), ("University", 140), ("Station North", 160), ("Station South", 110),
        ("Hospital", 60), ("Castle", 45), ("Park", 75), ("Stadium", 50), ("Museum", 40), ("Mill", 30),
    ];

    static readonly (string Name, double Factor)[] Skies = [("clear", 1.15), ("cloudy", 1.0), ("rain", 0.6), ("snow", 0.35)];

    static readonly double[] Weekdays = [1.05, 1.1, 1.1, 1.1, 1.05, 0.85, 0.7];

    static readonly DateTime First = new(2023, 1, 1);

    /// <returns>train, test, sample_submission and solution: every fourth row is hidden.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var rows = Rows(new Draws(seed)).ToArray();
        string[] features = ["row_id", "day", "station", "sky", "temperature", "wind", "holiday", "note", "currency"];
        var hidden = rows.Where((_, i) => i % 4 == 3).ToArray();
        return
        [
            SampleFile.Of("train.csv", [.. features, "rentals"], rows.Where((_, i) => i % 4 != 3).Select(r => r.Cells.Append(r.Rentals).ToArray())),
            SampleFile.Of("test.csv", features, hidden.Select(r => r.Cells)),
            SampleFile.Of("sample_submission.csv", ["row_id", "rentals"], hidden.Select(r => new[] { r.Cells[0], "0" })),
            SampleFile.Of("solution.csv", ["row_id", "rentals"], hidden.Select(r => new[] { r.Cells[0], r.Rentals })),
        ];
    }

    /// <returns>The root mean squared error of somebody who knows the formula, over many rows.</returns>
    public static double BestReachable(int seed) => Math.Sqrt(Rows(new Draws(seed)).Average(r => r.Mean));

    static IEnumerable<(string[] Cells, string Rentals, double Mean)> Rows(Draws draws)
    {
        var id = 1000;
        for (var day = 0; day < Days; day++)
        {
            var date = First.AddDays(day);
            var warmth = 10 - 11 * Math.Cos(2 * Math.PI * date.DayOfYear / 365) + draws.Normal(0, 4);
            var wind = Math.Max(0, draws.Normal(14, 7));
            var sky = draws.Chance(0.35) ? warmth < 0 ? 3 : 2 : draws.Chance(0.5) ? 1 : 0;
            var holiday = date is { Day: 1, Month: 1 or 5 or 11 } or { Month: 12, Day: 25 or 26 };
            for (var i = 0; i < LentOf; i++)
            {
                var (station, usual) = Stations[draws.Whole(0, Stations.Length - 1)];
                var mean = usual * (1 + 0.0004 * day) * Weekdays[((int)date.DayOfWeek + 6) % 7] * Skies[sky].Factor
                    * (holiday ? 0.6 : 1) * (1 + 0.03 * Math.Clamp(warmth, -8, 24)) * Math.Exp(-wind / 60);
                var rentals = Math.Max(0, Math.Round(draws.Normal(mean, Math.Sqrt(mean))));
                yield return (
                [
                    Text(id++), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), station, Skies[sky].Name,
                    draws.Chance(0.05) ? "" : warmth.ToString("F1", CultureInfo.InvariantCulture), wind.ToString("F1", CultureInfo.InvariantCulture),
                    holiday ? "yes" : "no", draws.Chance(0.9) ? "" : $"counted by hand on day {day} at {station}, bicycle {draws.Whole(1, 999)}", "EUR",
                ], Text((int)rentals), mean);
            }
        }
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
