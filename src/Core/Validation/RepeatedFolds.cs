using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>A recipe several times, drawn anew each time: the mean over repeats wavers less than one alone.</summary>
public sealed record RepeatedFolds : Folds
{
    public required Folds Inner { get; init; }

    public int Repeats { get; init => field = Require.AtLeast(1, value); } = 3;

    public int Seed { get; init; } = 42;

    /// <exception cref="InputException">The inner recipe draws nothing, so that every repeat would be the same.</exception>
    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        if (Repeats > 1 && Inner.WithSeed(Seed).Equals(Inner.WithSeed(Seed + 1)))
            throw new InputException($"'{Inner.Describe()}' draws nothing, so that {Repeats} repeats would be the same; repeat shuffled or stratified folds.");
        var folds = new List<Fold>();
        for (var repeat = 0; repeat < Repeats; repeat++)
            foreach (var fold in Inner.WithSeed(Seed + repeat).Split(train))
                folds.Add(fold with { Number = folds.Count, Repeat = repeat });
        return folds;
    }

    public override string Describe() => $"{Repeats} × {Inner.WithSeed(Seed).Describe()}";

    public override Folds WithCount(int count) => this with { Inner = Inner.WithCount(count) };

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
