using System.Diagnostics;
using System.Globalization;

namespace Kaggle.Benchmarks.Training;

/// <summary>Times contenders in turns, so that what else the machine does falls on all of them alike.</summary>
static class Stopclock
{
    /// <param name="Seconds">By the clock.</param>
    /// <param name="Work">Of all cores together.</param>
    public readonly record struct Took(double Seconds, double Work);

    /// <returns>For each contender its rounds; a first one, in which code is compiled, is left out.</returns>
    public static Took[][] InTurns(int rounds, params Action[] contenders) => InTurns(rounds, [.. contenders.Select(Timed)]);

    /// <param name="rounds">How many count.</param>
    /// <param name="contenders">Each says what it took.</param>
    public static Took[][] InTurns(int rounds, params Func<Took>[] contenders)
    {
        var took = contenders.Select(_ => new List<Took>()).ToArray();
        for (var round = 0; round <= rounds; round++)
            for (var i = 0; i < contenders.Length; i++)
            {
                var last = contenders[i]();
                if (round > 0) took[i].Add(last);
            }
        return [.. took.Select(t => t.ToArray())];
    }

    /// <summary>The same, and what it took in this process.</summary>
    public static Func<Took> Timed(Action work) => () =>
    {
        GC.Collect();
        var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        return new(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
    };

    public static void Say(string who, Took[] times, double share = 1, string unit = "s") => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{who,-56} clock median {Median(times, t => t.Seconds) * share:0.0000} {unit}, best {times.Min(t => t.Seconds) * share:0.0000} {unit}; CPU median {Median(times, t => t.Work) * share:0.0000} {unit}"));

    public static void SayRatio(string what, Took[] slower, Took[] faster) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: clock medians {Median(slower, t => t.Seconds) / Median(faster, t => t.Seconds):0.00}, best {slower.Min(t => t.Seconds) / faster.Min(t => t.Seconds):0.00}, CPU medians {Median(slower, t => t.Work) / Median(faster, t => t.Work):0.00}"));

    public static double Median(Took[] times, Func<Took, double> of) => times.Select(of).Order().ElementAt(times.Length / 2);
}
