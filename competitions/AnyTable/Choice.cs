using System.Collections.Immutable;

namespace Kaggle.Competitions.AnyTable;

/// <summary>Who tries, by the table's size: unlike learners err unlike, and the ensemble keeps those that help.</summary>
static class Choice
{
    const int Handful = 1_000;
    const int Small = 3_000;
    const int Few = 20_000;
    const int Middling = 30_000;
    const int Medium = 60_000;
    const int Topics = 48;

    public static ImmutableArray<ILearner> For(TableFacts table) =>
    [
        .. table.Series switch
        {
            null => OfRows(table),
            { TellsApart: true } series => [.. Forecasts(table, series), .. OfRows(table)],
            var series => [.. OfRows(table).Select(learner => WithoutHistory(learner, series)), .. new[] { Boosted(table).First(), Boosted(table).Last() }.Select(OnHistory)],
        },
    ];

    /// <summary>On some hundred rows a metric picks members by chance; how likely they make the answers tells more.</summary>
    public static IEnsemble Ensemble(TableFacts table) =>
        table is { Rows: < Handful, Task: TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel } ? new LikelihoodEnsemble() : new GreedyEnsemble();

    static IEnumerable<ILearner> OfRows(TableFacts table) => table.Texts > 0 ? Readers(table) : [.. Boosted(table), .. Others(table)];

    /// <summary>Where nothing tells a moment's rows apart, what such rows were before is mostly noise, and all rows to predict share one draw of it.</summary>
    static ILearner WithoutHistory(ILearner learner, TableSeries series) => new WithoutColumns(learner) { Columns = NameList.Of(series.History.AsSpan()) };

    static ILearner OnHistory(LightGbm boosted) => boosted with { Name = $"{boosted.Name}OnHistory" };

    /// <summary>Where there are texts: linear models of their pieces and of the other columns, and what else is strong on tables given the texts' topics.</summary>
    static IEnumerable<ILearner> Readers(TableFacts table)
    {
        yield return new TextLogistic();
        yield return new NbSvm();
        yield return new TextRidge();
        foreach (var boosted in Boosted(table).Take(2)) yield return new WithTopics(boosted) { Topics = Topics };
        if (table.Rows <= Few) yield return new WithTopics(new ExtraTrees()) { Topics = Topics };
        if (table.Rows <= Medium && table.Classes <= 20) yield return new WithTopics(new Mlp()) { Topics = Topics };
    }

    /// <summary>What was a season ago, and trees that learn only what is to be added to it: they go on where a trend leaves what was seen.</summary>
    static IEnumerable<ILearner> Forecasts(TableFacts table, TableSeries series)
    {
        var names = NameList.Of(series.Names.AsSpan());
        if (series.Season is not null)
            yield return new SeasonalNaive { Series = names, Step = series.Step, Season = series.Season };
        if (table.Rows <= Medium)
            yield return new ExponentialSmoothing { Series = names, Step = series.Step, Season = series.Turn };
        var trees = new LightGbm
        {
            Rounds = 500, Stop = null, LearningRate = 0.05, Leaves = 63, MinRowsInLeaf = Math.Clamp(table.Rows / 200, 5, 50), ColumnFraction = 0.5, Objective = Judged(table),
        };
        var added = new AddedTo { Name = "Added", Columns = NameList.Of(series.Usual.AsSpan()), Learner = trees };
        yield return added;
        if (table.Rows <= Few) yield return added with { Name = "AddedRidge", Learner = new Ridge() };
        yield return WithoutHistory(Boosted(table).Last() with { Name = "NoHistory" }, series);
        // Metrics of ratios are learned on the scale of logarithms, where what is added is a part already.
        if (!table.NotBelowZero || table.Metric.Name is "rmsle" or "rmse-of-logs" or "mape" or "smape") yield break;
        yield return added with
        {
            Name = "InParts",
            Columns = [],
            Per = NameList.Of(series.Level.AsSpan()),
            Divided = NameList.Of(series.InUnit.AsSpan()),
            Power = Judged(table) is null ? 2 : 1,
        };
    }

    static IEnumerable<LightGbm> Boosted(TableFacts table)
    {
        var boosted = new LightGbm { Rounds = table.Rows < Medium ? 3000 : 1500, Stop = new(table.Rows < Few ? 150 : 60), LearningRate = 0.04, Objective = Judged(table) };
        // Where classes overlap, trees that see few columns each err less; where the columns decide (classes of land), they must see most.
        var decided = table.Task is TaskKind.Multiclass;
        yield return boosted with { Leaves = 31, ColumnFraction = decided ? 0.9 : 0.5, RowFraction = 0.9, L2 = decided ? 0 : 1 };
        if (!decided || table.Rows <= Few)
            yield return boosted with { Name = "Shallow", Leaves = 12, ColumnFraction = 0.4, RowFraction = 0.9, L2 = 1 };
        if (!decided)
            yield return boosted with { Name = "Codes", Leaves = 24, ColumnFraction = 0.4, RowFraction = 0.8, CategoriesNative = false };
        yield return boosted with { Name = "Large", Leaves = 96, ColumnFraction = decided ? 0.8 : 0.6, RowFraction = 0.8, MinRowsInLeaf = 5, L2 = decided ? 0 : 1 };
        if (table.Task is not TaskKind.Binary || table.Rows <= Middling)
            yield return boosted with { Name = "Random", LearningRate = 0.06, Leaves = 64, ColumnFraction = 0.8, MinRowsInLeaf = 5, ExtraTrees = true };
        // Numbers that cannot fall below zero vary the more the larger they are, and squares alone would follow the largest.
        if (table.CountsOnly || table.NotBelowZero && table.Metric.Name == Metrics.Rmse.Name)
            yield return boosted with { Name = "Poisson", Leaves = 31, ColumnFraction = 0.6, Objective = Objective.Poisson };
    }

    /// <summary>Where absolute errors count, they are what trees should lower; all else is left to the task's own loss.</summary>
    static Objective? Judged(TableFacts table) => table.Metric.Name == Metrics.Mae.Name ? Objective.Mae : null;

    static IEnumerable<ILearner> Others(TableFacts table)
    {
        if (table.Rows <= Few)
            yield return table.Task is TaskKind.Multiclass ? new ExtraTrees { MinRowsInLeaf = 1, ColumnFraction = 0.5 } : new ExtraTrees();
        if (table.Rows <= Few && table.Classes <= 3) yield return new Logistic();
        if (table.Rows <= Medium && table.Classes <= 20) yield return new Mlp();
        yield return new Ridge();
        if (table.Rows <= Small)
        {
            yield return new Lasso();
            yield return new KernelRidge();
        }
        if (table.Rows <= Few) yield return new KNearest();
    }
}
