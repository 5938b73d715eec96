using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Blocks of <see cref="Dataset.Time"/>, dealt to the folds: where test rows fill stretches of time between the training rows.</summary>
/// <remarks>A row whose neighbours of the same hour or day are learned from is easier to predict than one in the middle of a stretch that nobody knows.</remarks>
public sealed record StretchFolds : Folds
{
    public int Count { get; init => field = Require.AtLeast(2, value); } = 5;

    /// <summary>How long a block is; where time is a plain number, a tick is one.</summary>
    public required TimeSpan Length
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new InputException($"A stretch is {value} long; it must be above 0.");
    }

    public int Seed { get; init; } = 42;

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var block = Blocks(train);
        long[] blocks = [.. block.Distinct().Order()];
        if (blocks.Length < Count)
            throw new InputException($"The rows fill {blocks.Length} stretches of {Length}; they cannot be divided into {Count} folds. Ask for fewer folds or shorter stretches.");
        // Neighbours go to different folds where that can be: each fold then has its share of every season.
        var (random, foldOf) = (new Random(Seed), new Dictionary<long, int>(blocks.Length));
        var hands = Enumerable.Range(0, Count).ToArray();
        for (var i = 0; i < blocks.Length; i++)
        {
            if (i % Count == 0) random.Shuffle(hands);
            foldOf[blocks[i]] = hands[i % Count];
        }
        return Partition.Folds(Array.ConvertAll(block, b => foldOf[b]), Count);
    }

    /// <returns>How many blocks the rows fill: at most so many folds can be had.</returns>
    public int Filled(Dataset train) => Blocks(train).Distinct().Count();

    long[] Blocks(Dataset train)
    {
        var time = (train.Time ?? throw new InputException("The validation goes by time, but the rows have no time: name the column that holds it.")).ToArray();
        if (Array.IndexOf(time, DateColumn.Missing) is >= 0 and var missing)
            throw new InputException($"Row {missing + 1} has no time; the validation goes by time and needs one in every row.");
        if (time.Length == 0) throw new InputException("There are no rows to divide.");
        var first = time.Min();
        return Array.ConvertAll(time, ticks => (ticks - first) / Length.Ticks);
    }

    public override string Describe() => $"{Count} folds of stretches of {Length.TotalDays:0.##} days, seed {Seed}";

    public override Folds WithCount(int count) => this with { Count = count };

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
