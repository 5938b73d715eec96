using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>The last stretches of <see cref="Dataset.Time"/>, each as long as what is to be predicted: learned from all before it.</summary>
/// <remarks>As the test part follows the training part, so each stretch follows its own. Rows before the first stretch are never judged.</remarks>
public sealed record HorizonFolds : Folds
{
    /// <summary>How many stretches, the last of them at the end of the rows.</summary>
    public int Count { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>How long a stretch is; where time is a plain number, a tick is one.</summary>
    public required TimeSpan Horizon
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new InputException($"The horizon is {value}; it must be above 0.");
    }

    /// <summary>So much time before each stretch is left out of training.</summary>
    public TimeSpan Gap
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new InputException($"The gap is {value}; it must not be below 0.");
    }

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var time = (train.Time ?? throw new InputException(
            "The validation goes by time, but the rows have no time: name the column that holds it.")).ToArray();
        if (Array.IndexOf(time, DateColumn.Missing) is >= 0 and var missing)
            throw new InputException($"Row {missing + 1} has no time; the validation goes by time and needs one in every row.");
        if (time.Length == 0) throw new InputException("There are no rows to divide.");
        var end = time.Max() + 1;
        var folds = new Fold[Count];
        for (var number = 0; number < Count; number++)
        {
            var last = end - Horizon.Ticks * (Count - 1 - number);          // judged: first <= time < last
            var first = last - Horizon.Ticks;
            int[] learned = [.. Enumerable.Range(0, time.Length).Where(row => time[row] < first - Gap.Ticks)];
            int[] judged = [.. Enumerable.Range(0, time.Length).Where(row => time[row] >= first && time[row] < last)];
            if (learned.Length == 0 || judged.Length == 0)
                throw new InputException(
                    $"Fold {number + 1} of {Count} has {learned.Length} rows to learn from and {judged.Length} to be judged on; the rows do not reach back over {Count} times {Horizon}. Ask for fewer folds.");
            folds[number] = new(number, learned, judged);
        }
        return folds;
    }

    public override string Describe() => $"the last {Count} times {Horizon.TotalDays:0.##} days, each learned from what is before{(Gap > TimeSpan.Zero ? $", gap {Gap}" : "")}";

    public override Folds WithCount(int count) => this with { Count = count };
}
