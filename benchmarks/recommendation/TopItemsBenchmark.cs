using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Benchmarks.Recommendation;

/// <summary>The ten best of many items for many users, by exact search over drawn factors.</summary>
static class TopItemsBenchmark
{
    public static int Run(int users, int items, int factors)
    {
        var random = new Random(1);
        float[] Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        ImmutableArray<string> Names(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var model = new FactorModel(new("user", "item", Names(users), Names(items)), new(0, new float[users], Drawn(items), Drawn(users * factors), Drawn(items * factors), factors), null, new());
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var lists = TopItems.Of(model, null, 10, Environment.ProcessorCount);
        var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{users} users, {items} items, {factors} factors: {clock.Elapsed.TotalSeconds:F1} s, {(process.TotalProcessorTime - processor).TotalSeconds:F1} processor seconds, {process.PeakWorkingSet64 >> 20} MB at most; the first list begins {string.Join(' ', lists[0].Take(3))}"));
        return 0;
    }
}
