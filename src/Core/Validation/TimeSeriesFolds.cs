using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Blocks of <see cref="Dataset.Time"/>: each is judged by what was learned on the blocks before it.</summary>
/// <remarks>
/// The rows are cut in count + 1 blocks of nearly equal size; rows of one moment stay together. The first block is never judged.
/// Where time is a plain number and not a date, a tick is one: <c>Gap = TimeSpan.FromTicks(2)</c>.
/// </remarks>
public sealed record TimeSeriesFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(1, value); } = 5;

    /// <summary>Training ends more than this before the first moment judged.</summary>
    public TimeSpan Gap
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new InputException($"The gap is {value}; it must not be below 0.");
    }

    /// <summary>How far back from its end training reaches; null: to the beginning.</summary>
    public TimeSpan? Window
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value : throw new InputException($"The window is {value}; it must be above 0.");
    }

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var time = (train.Time ?? throw new InputException(
            "The validation goes by time, but the rows have no time: name the column that holds it.")).ToArray();
        var starts = BlockStarts(time, Count + 1);
        var folds = new Fold[Count];
        for (var number = 0; number < Count; number++)
        {
            var first = starts[number + 1];
            var last = number + 2 < starts.Length ? starts[number + 2] - 1 : long.MaxValue;
            var end = first - Gap.Ticks;                                    // training: time < end
            var begin = Window is { } window ? end - window.Ticks : long.MinValue;
            var (learned, judged) = (new List<int>(), new List<int>());
            for (var row = 0; row < time.Length; row++)
                if (time[row] >= first && time[row] <= last) judged.Add(row);
                else if (time[row] < end && time[row] >= begin) learned.Add(row);
            if (learned.Count == 0)
                throw new InputException(
                    $"Fold {number + 1} of {Count} has no rows to learn from: the gap of {Gap} reaches back to the beginning. Ask for fewer folds or a smaller gap.");
            folds[number] = new(number, [.. learned], [.. judged]);
        }
        return folds;
    }

    /// <returns>The first moment of each block.</returns>
    static long[] BlockStarts(long[] time, int blocks)
    {
        if (Array.IndexOf(time, DateColumn.Missing) is >= 0 and var row)
            throw new InputException($"Row {row + 1} has no time; the validation goes by time and needs one in every row.");
        var moments = time.CountBy(t => t).OrderBy(m => m.Key).ToArray();
        if (moments.Length < blocks)
            throw new InputException(
                $"{moments.Length} different times cannot be divided into {blocks - 1} folds with one block before them; " +
                $"ask for at most {Math.Max(1, moments.Length - 1)}.");
        var starts = new long[blocks];
        var (moment, rows) = (0, 0L);
        for (var block = 0; block < blocks; block++)
        {
            starts[block] = moments[moment].Key;
            var full = (long)time.Length * (block + 1) / blocks;
            do rows += moments[moment++].Value;
            while (rows < full && moments.Length - moment > blocks - block - 1);
        }
        return starts;
    }

    public override string Describe() =>
        $"{Count} folds in time, {(Window is { } window ? $"sliding window of {window}" : "expanding")}{(Gap > TimeSpan.Zero ? $", gap {Gap}" : "")}";

    public override Folds WithCount(int count) => this with { Count = count };
}
