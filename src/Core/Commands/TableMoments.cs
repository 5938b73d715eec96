using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>How a table's test rows lie in time, beside its training rows.</summary>
/// <param name="Train">(training rows) ticks.</param>
/// <param name="Test">(test rows) ticks.</param>
sealed record TableMoments(long[] Train, long[] Test)
{
    const int Fewest = 3;                                     // stretches that are no accident
    const int Long = 3;                                       // moments that a stretch has at least, at the median

    /// <returns>Null where a moment is missing, or there is none.</returns>
    public static TableMoments? Of(DateValues train, DateValues test) =>
        train.Rows == 0 || test.Rows == 0 || train.Ticks.Span.Contains(DateColumn.Missing) || test.Ticks.Span.Contains(DateColumn.Missing)
            ? null : new(train.Ticks.ToArray(), test.Ticks.ToArray());

    /// <summary>Every test row is as late as the last training row, or later.</summary>
    public bool AllLater => Test.Min() >= Train.Max();

    /// <summary>From the last training row to the last test row.</summary>
    public TimeSpan Horizon => TimeSpan.FromTicks(Test.Max() - Train.Max());

    /// <summary>How many stretches as long as the horizon, counted from the end, hold training rows enough to be judged on; half of the time is left to learn from.</summary>
    public int Stretches(int most)
    {
        var (first, end, ticks) = (Train.Min(), Train.Max() + 1, Math.Max(1, Horizon.Ticks));
        for (var count = 0; count < most; count++)
        {
            var (from, to) = (end - ticks * (count + 1), end - ticks * count);
            if (from - first < (end - first) / 2 || Train.Count(t => t >= from && t < to) * 50 < Train.Length) return count;
        }
        return most;
    }

    /// <returns>How long the stretches of test rows are that lie between training rows, at the median; null where test rows fill no stretches of their own.</returns>
    public TimeSpan? Stretch()
    {
        var known = Train.ToHashSet();
        long[] asked = [.. Test.Distinct().Order()];
        if (asked.Count(known.Contains) * 50 > asked.Length) return null;
        long[] moments = [.. known.Order()];
        var runs = asked.GroupBy(ticks => ~Array.BinarySearch(moments, ticks)).Select(run => (Moments: run.Count(), Ticks: run.Max() - run.Min())).ToArray();
        if (runs.Length < Fewest) return null;
        var (count, length) = (runs.Select(r => r.Moments).Order().ElementAt(runs.Length / 2), runs.Select(r => r.Ticks).Order().ElementAt(runs.Length / 2));
        return count >= Long && length > 0 ? TimeSpan.FromTicks(length + length / (count - 1)) : null;
    }
}
