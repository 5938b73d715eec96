using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>One fold: a stratified share of the rows is judged, the rest learned from.</summary>
public sealed record HoldoutFolds : Folds
{
    /// <summary>Between 0 and 1.</summary>
    public double Share
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new InputException($"The holdout's share is {value}; it must lie between 0 and 1.");
    } = 0.2;

    public int Seed { get; init; } = 42;

    /// <summary>How many quantile bins a number is stratified by.</summary>
    public int Bins { get; init => field = Require.AtLeast(1, value); } = 10;

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        Partition.RequireRows(train.Rows, 2);
        var strata = train.Target is { } answers ? Strata.Of(answers, Bins) : new int[train.Rows];
        var rows = Enumerable.Range(0, train.Rows).ToArray();
        new Random(Seed).Shuffle(rows);
        var judged = new bool[train.Rows];
        var sorted = rows.OrderBy(row => strata[row]).ToArray();
        for (var i = 0; i < sorted.Length; i++)
            judged[sorted[i]] = Math.Floor((i + 1) * Share + 0.5) > Math.Floor(i * Share + 0.5);
        if (!judged.Contains(true)) judged[sorted[^1]] = true;
        if (!judged.Contains(false)) judged[sorted[0]] = false;
        return Partition.Folds(Array.ConvertAll(judged, j => j ? 0 : Partition.AlwaysTrain), 1);
    }

    public override string Describe() => FormattableString.Invariant($"holdout of {Share * 100:0.##} %, stratified, seed {Seed}");

    public override Folds WithSeed(int seed) => this with { Seed = seed };
}
