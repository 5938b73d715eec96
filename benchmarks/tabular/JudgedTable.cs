using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Benchmarks.Tabular;

/// <summary>A table of the field, its metric, and the parts that it is judged in.</summary>
/// <param name="Metric">In the table's usual unit.</param>
/// <param name="Parts">Each learned from and judged apart.</param>
sealed record JudgedTable(Metric Metric, IReadOnlyList<JudgedPart> Parts)
{
    public static JudgedTable Of(string name, string folder, int parts) => name switch
    {
        "california" => Drawn(StandardTables.California(folder), Metrics.Rmse, parts),
        "diamonds" => Drawn(StandardTables.Diamonds(folder), Metrics.Rmse, parts),
        "credit" => Drawn(StandardTables.CreditDefault(folder), Metrics.Auc, parts),
        "kddcup" => Drawn(StandardTables.KddCup(folder), Metrics.LogLoss, parts),
        "forest" => Drawn(StandardTables.ForestCover(folder), Metrics.Accuracy, parts),
        "adult" => Folded(StandardTables.Adult(folder), Metrics.Auc, parts),
        _ => throw new InputException($"There is no table '{name}'; there are adult, california, credit, diamonds, forest and kddcup."),
    };

    /// <summary>Each part draws its own 64% to learn from, 16% to stop on and 20% to be judged on: the protocol of TabM and TALENT.</summary>
    static JudgedTable Drawn(Dataset all, Metric metric, int parts) => new(metric, [.. Enumerable.Range(0, parts).Select(seed =>
    {
        var order = Enumerable.Range(0, all.Rows).ToArray();
        new Draws(seed).Shuffle(order);
        int learned = all.Rows * 64 / 100, shown = all.Rows * 80 / 100;
        return new JudgedPart(seed, all.Take(order[..learned]), all.Take(order[learned..shown]), all.Take(order[..shown]), all.Take(order[shown..]));
    })]);

    /// <summary>Five folds, row i in fold i mod 5; a tenth of a fold's training rows is for stopping on, as in a competition's run.</summary>
    static JudgedTable Folded(Dataset all, Metric metric, int parts) => new(metric, [.. Enumerable.Range(0, parts).Select(fold =>
    {
        int[] shown = [.. Enumerable.Range(0, all.Rows).Where(i => i % 5 != fold)];
        int[] stop = [.. shown.Where((_, at) => at % 10 == 9)];
        return new JudgedPart(fold, all.Take([.. shown.Except(stop)]), all.Take(stop), all.Take(shown), all.Take([.. Enumerable.Range(0, all.Rows).Where(i => i % 5 == fold)]));
    })]);
}

/// <param name="Number">Of the fold, or the seed that drew it; also the learners' seed.</param>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Stop">Rows to stop early on.</param>
/// <param name="Shown">Both together: for a learner that does not stop early.</param>
/// <param name="Test">Rows to be judged on.</param>
sealed record JudgedPart(int Number, Dataset Train, Dataset Stop, Dataset Shown, Dataset Test);
