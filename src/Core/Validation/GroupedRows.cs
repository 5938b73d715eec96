using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>The rows of each group, groups in the order in which they first appear.</summary>
sealed class GroupedRows
{
    readonly int total;

    GroupedRows(int[][] rows, int total) => (Rows, this.total) = (rows, total);

    public int[][] Rows { get; }

    /// <exception cref="InputException">The dataset has no groups, or fewer than folds.</exception>
    public static GroupedRows Of(Dataset train, int folds)
    {
        var of = (train.Groups ?? throw new InputException(
            "The validation keeps groups together, but the rows have no groups: name the column that holds them.")).Span;
        var rows = new Dictionary<int, List<int>>();
        for (var row = 0; row < of.Length; row++)
            if (rows.TryGetValue(of[row], out var group)) group.Add(row);
            else rows[of[row]] = [row];
        if (rows.Count < folds)
            throw new InputException($"{rows.Count} groups cannot be divided into {folds} folds; ask for at most {rows.Count}.");
        return new([.. rows.Values.Select(r => r.ToArray())], of.Length);
    }

    public int[] Shuffled(int seed)
    {
        var order = Enumerable.Range(0, Rows.Length).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <returns>(rows) the fold of each row from that of its group.</returns>
    public int[] Spread(int[] foldOfGroup)
    {
        var foldOf = new int[total];
        for (var group = 0; group < Rows.Length; group++)
            foreach (var row in Rows[group]) foldOf[row] = foldOfGroup[group];
        return foldOf;
    }
}
