using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.Reading;

/// <param name="Seconds">By the clock.</param>
/// <param name="Work">Of all cores together: on a busy machine the more telling one.</param>
readonly record struct Took(double Seconds, double Work);

/// <summary>Reads one mixed file in turn with pandas' C engine, on the same machine in the same minute.</summary>
static class ReadingBenchmark
{
    const int Rounds = 9;

    /// <summary>Until .NET has compiled anew, beside the readings, what they call most; the first one's time is said apart.</summary>
    const int WarmUps = 6;

    public static int Run(string folder, int rows)
    {
        var path = MixedFile.Make(folder, rows);
        Console.WriteLine($"{path}: {rows:N0} rows, 18 columns, {new FileInfo(path).Length / 1e6:0.0} MB, {Environment.ProcessorCount} cores");
        using var pandas = Pandas.Start(path);
        var (ours, plain, typed) = (new List<Took>(), new List<Took>(), new List<Took>());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var table = Table.Read(path);
            var took = new Took(watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
            if (round == -WarmUps)
            {
                Console.WriteLine($"kinds: {string.Join(", ", table.Columns.Select(c => $"{c.Name} {c.Values.ToString().ToLowerInvariant()}"))}");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first read in this process, code still uncompiled: {took.Seconds:0.000} s"));
                _ = pandas?.Read(typed: false);
            }
            GC.Collect();
            if (round < 0) continue;
            ours.Add(took);
            if (pandas is null) continue;
            plain.Add(pandas.Read(typed: false));
            typed.Add(pandas.Read(typed: true));
        }
        Say("this project", ours);
        if (pandas is null) Console.WriteLine("python3 with pandas was not found: no peer to compare with");
        else
        {
            Beside("pandas, C engine, dates parsed and categories coded too", typed, ours);
            Beside("pandas, C engine, dates and categories left as strings", plain, ours);
        }
        return 0;
    }

    static void Beside(string who, List<Took> theirs, List<Took> ours)
    {
        Say(who, theirs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"",-56} {Median(theirs) / Median(ours):0.0} times this project by medians, {theirs.Min(t => t.Seconds) / ours.Min(t => t.Seconds):0.0} by best runs"));
    }

    static void Say(string who, List<Took> times) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{who,-56} median {Median(times):0.000} s, best {times.Min(t => t.Seconds):0.000} s, least work {times.Min(t => t.Work):0.000} CPU s, of {times.Count}"));

    static double Median(List<Took> times) => times.Select(t => t.Seconds).Order().ElementAt(times.Count / 2);
}
