using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Dividing the training part once more, so that what looks at answers looks at other rows' answers.</summary>
public static class InnerFolds
{
    /// <returns>(rows) the inner fold of each row: shuffled, stratified by class, whole groups together where the rows have groups.</returns>
    public static int[] Assign(Dataset train, int folds, int seed)
    {
        var random = new Random(seed);
        var fold = new int[train.Rows];
        var order = Enumerable.Range(0, train.Rows).ToArray();
        random.Shuffle(order);
        if (train.Groups is { } groups)
        {
            var ofGroup = new Dictionary<int, int>();
            foreach (var row in order)
            {
                var group = groups.Span[row];
                if (!ofGroup.TryGetValue(group, out var number)) ofGroup[group] = number = ofGroup.Count % folds;
                fold[row] = number;
            }
            return fold;
        }
        if (train.Target is { Task: TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal } target)
            order = [.. order.OrderBy(row => target.Truth[row, 0])];     // stable: shuffled within a class
        for (var i = 0; i < order.Length; i++) fold[order[i]] = i % folds;
        return fold;
    }
}
