using System.Globalization;

namespace Kaggle.Competitions.StoreSales.Simulation;

/// <summary>The embedded sample: six simulated stores of eight departments in Kaggle's files, 130 weeks known and 13 asked for.</summary>
/// <remarks>
/// A week's sales are base · store · growth over time · the department's season · holidays · Easter, times the exponential of normal noise of
/// <see cref="Noise"/>. Nobody can do better than say that product. One department closes before the end, one opens after it.
/// </remarks>
public static class Shops
{
    public const double Noise = 0.08;

    const int Known = 130, Asked = 13, Stores = 6, Departments = 8;

    static readonly DateTime First = new(2010, 2, 5);

    /// <summary>Weeks of the year that sell more, as the files mark them.</summary>
    static readonly int[] Holidays = [6, 36, 47, 52];

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 2012);

    /// <returns>train, test, features, stores, sample_submission and solution.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var (sales, weather) = Drawn(seed);
        var (train, test) = (sales.Where(s => s.Week < Known).ToList(), sales.Where(s => s.Week >= Known).ToList());
        string[] Cells(Sale s) => [Text(s.Store), Text(s.Dept), Date(s.Week)];
        string Id(Sale s) => string.Join('_', Cells(s));
        string Holiday(int week) => IsHoliday(week) ? "TRUE" : "FALSE";
        return
        [
            SampleFile.Of("train.csv", ["Store", "Dept", "Date", "Weekly_Sales", "IsHoliday"], train.Select(s => (string[])[.. Cells(s), Money(s.Sold), Holiday(s.Week)])),
            SampleFile.Of("test.csv", ["Store", "Dept", "Date", "IsHoliday"], test.Select(s => (string[])[.. Cells(s), Holiday(s.Week)])),
            SampleFile.Of("features.csv", ["Store", "Date", "Temperature"],
                from store in Enumerable.Range(1, Stores) from week in Enumerable.Range(0, Known + Asked) select (string[])[Text(store), Date(week), Money(weather[store - 1, week])]),
            SampleFile.Of("stores.csv", ["Store", "Type", "Size"], Enumerable.Range(1, Stores).Select(s => (string[])[Text(s), s <= 3 ? "A" : "B", Text((int)(100_000 * SizeOf(s)))])),
            SampleFile.Of("sample_submission.csv", ["Id", "Weekly_Sales"], test.Select(s => new[] { Id(s), "0" })),
            SampleFile.Of("solution.csv", ["Id", "Weekly_Sales"], test.Select(s => new[] { Id(s), Money(s.Sold) })),
        ];
    }

    /// <returns>The mean absolute error, over the weeks asked for, of somebody who knows everything but the noise.</returns>
    public static double BestReachable(int seed) => Drawn(seed).Sales.Where(s => s.Week >= Known).Average(s => Math.Abs(s.Sold - s.Usual));

    static (List<Sale> Sales, double[,] Weather) Drawn(int seed)
    {
        var draws = new Draws(seed);
        var departments = Enumerable.Range(0, Departments).Select(_ => (
            Base: Math.Exp(draws.Normal(9, 0.7)), Swing: draws.Between(0, 0.5), Peak: draws.Between(0, 52), Growth: draws.Normal(0.0006, 0.0015), Lift: draws.Between(0, 0.6), Easter: draws.Between(0, 0.3))).ToArray();
        var weather = new double[Stores, Known + Asked];
        var sales = new List<Sale>();
        for (var store = 1; store <= Stores; store++)
        {
            var growth = draws.Normal(0, 0.001);
            for (var week = 0; week < Known + Asked; week++) weather[store - 1, week] = 55 - 25 * Math.Cos(2 * Math.PI * (YearWeek(week) - 3) / 52.18) + draws.Normal(0, 6);
            for (var dept = 1; dept <= Departments; dept++)
            {
                var d = departments[dept - 1];
                var mix = Math.Exp(draws.Normal(0, 0.3));
                for (var week = 0; week < Known + Asked; week++)
                {
                    var usual = d.Base * SizeOf(store) * mix * Math.Exp((d.Growth + growth) * week) * (1 + d.Swing * Math.Cos(2 * Math.PI * (YearWeek(week) - d.Peak) / 52.18))
                        * (IsHoliday(week) ? 1 + d.Lift : 1) * (IsEaster(week) ? 1 + d.Easter : 1);
                    var sold = Math.Round(usual * Math.Exp(draws.Normal(0, Noise)), 2);
                    var closed = (store, dept) is (2, 5) && week > 100 || (store, dept) is (4, 7) && week < Known + 4;
                    if (!closed) sales.Add(new(store, dept, week, sold, usual));
                }
            }
        }
        return (sales, weather);
    }

    static double SizeOf(int store) => 0.5 + 0.25 * store;

    static double YearWeek(int week) => First.AddDays(7 * week).DayOfYear / 7.0;

    static bool IsHoliday(int week) => Holidays.Contains(ISOWeek.GetWeekOfYear(First.AddDays(7 * week)));

    static bool IsEaster(int week) => Weeks.WeeksToEaster(First.AddDays(7 * week)) == 0;

    static string Date(int week) => First.AddDays(7 * week).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Money(double amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    sealed record Sale(int Store, int Dept, int Week, double Sold, double Usual);
}
