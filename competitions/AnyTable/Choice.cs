using System.Collections.Immutable;

namespace Kaggle.Competitions.AnyTable;

/// <summary>Who tries, by the table's size: unlike learners err unlike, and the ensemble keeps those that help.</summary>
static class Choice
{
    const int Small = 3_000;
    const int Medium = 60_000;

    public static ImmutableArray<ILearner> For(TableFacts table) =>
    [
        new Dummy(),
        .. Boosted(table),
        .. Others(table),
    ];

    static IEnumerable<ILearner> Boosted(TableFacts table)
    {
        var patience = new EarlyStop(table.Rows < 10_000 ? 150 : 60);
        var rounds = table.Rows < Medium ? 3000 : 1500;
        yield return new LightGbm { Name = "LightGbm", Rounds = rounds, Stop = patience, LearningRate = 0.05, Leaves = 31, ColumnFraction = 0.8, RowFraction = 0.9 };
        yield return new LightGbm { Name = "Large", Rounds = rounds, Stop = patience, LearningRate = 0.03, Leaves = 96, ColumnFraction = 0.6, RowFraction = 0.8, MinRowsInLeaf = 5, L2 = 1 };
        yield return new LightGbm { Name = "Random", Rounds = rounds, Stop = patience, LearningRate = 0.05, Leaves = 64, ColumnFraction = 0.8, MinRowsInLeaf = 5, ExtraTrees = true };
        if (table.Rows <= Small)
            yield return new LightGbm { Name = "Shallow", Rounds = rounds, Stop = patience, LearningRate = 0.03, Leaves = 6, ColumnFraction = 0.5, RowFraction = 0.8, L2 = 1 };
        if (table.CountsOnly)
            yield return new LightGbm { Name = "Counts", Rounds = rounds, Stop = patience, LearningRate = 0.05, Leaves = 31, ColumnFraction = 0.8, Objective = Objective.Poisson };
    }

    static IEnumerable<ILearner> Others(TableFacts table)
    {
        if (table.Rows <= Medium / 3) yield return new ExtraTrees();
        if (table.Rows <= Medium / 3) yield return new Logistic();
        yield return new Ridge();
        if (table.Rows <= Small)
        {
            yield return new Lasso();
            yield return new KernelRidge();
        }
        if (table.Rows <= Medium / 3) yield return new KNearest();
    }
}
