using System.Globalization;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>A download in plain lines: one when it begins, one for each quarter with the time left.</summary>
sealed class FetchedLines(Action<string> say, TimeProvider clock)
{
    const int Parts = 4;

    string? name;
    long start, from;
    int told;

    public void Fetched(FetchProgress progress)
    {
        if (progress.Name != name)
        {
            (name, start, from, told) = (progress.Name, clock.GetTimestamp(), progress.Bytes, 0);
            say($"Downloading {name}{(progress.Of is { } all ? $", {Megabytes(all)}" : "")}");
        }
        if (progress.Of is not > 0 || (int)(progress.Bytes * Parts / progress.Of.Value) is var part && part <= told) return;
        told = part;
        var rate = (progress.Bytes - from) / Math.Max(1e-3, clock.GetElapsedTime(start).TotalSeconds);
        var left = part < Parts && rate > 0 ? $", {Figures.Duration((progress.Of.Value - progress.Bytes) / rate)} left" : "";
        say($"{name}: {Megabytes(progress.Bytes)} of {Megabytes(progress.Of.Value)}{left}");
    }

    static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB";
}
