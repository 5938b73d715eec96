using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>How the training rows are divided for validation: a recipe, equal by value.</summary>
public abstract record Folds
{
    /// <returns>The folds; the same for the same dataset and recipe.</returns>
    /// <exception cref="InputException">The rows cannot be divided so (fewer rows than folds, no groups, no time).</exception>
    public abstract IReadOnlyList<Fold> Split(Dataset train);

    /// <summary>One line for reports: "5 folds, stratified, seed 42".</summary>
    public abstract string Describe();

    /// <returns>The same recipe with another number of folds.</returns>
    /// <exception cref="InputException">The recipe has no such number.</exception>
    public virtual Folds WithCount(int count) =>
        throw new InputException($"The number of folds cannot be changed to {count}: the validation is '{Describe()}'.");

    /// <returns>The same recipe that draws otherwise; itself when nothing is drawn.</returns>
    public virtual Folds WithSeed(int seed) => this;

    /// <summary>Blocks of neighbouring rows, in the table's order: only for rows whose order means nothing.</summary>
    public static Folds KFold(int count = 5) => new KFolds { Count = count };

    /// <summary>Rows drawn at random.</summary>
    public static Folds Shuffled(int count = 5, int seed = 42) => new KFolds { Count = count, Seed = seed };

    /// <summary>Every fold has its share of each class; of numbers, of each tenth of their range of ranks.</summary>
    public static Folds Stratified(int count = 5, int seed = 42) => new StratifiedFolds { Count = count, Seed = seed };

    /// <summary>Rows of one of the dataset's groups stay together; folds are as equal in rows as the groups allow.</summary>
    public static Folds Grouped(int count = 5, int seed = 42) => new GroupedFolds { Count = count, Seed = seed };

    /// <summary>Groups stay together and every fold has nearly its share of each class.</summary>
    public static Folds StratifiedGrouped(int count = 5, int seed = 42) => new StratifiedGroupedFolds { Count = count, Seed = seed };

    /// <summary>The same recipe several times, each time drawn anew.</summary>
    public static Folds Repeated(Folds inner, int repeats) => new RepeatedFolds { Inner = inner, Repeats = repeats };

    /// <summary>Learn on the past, be judged on what comes next. The earliest rows are never judged.</summary>
    /// <param name="count">Folds; the rows are cut in count + 1 blocks of time.</param>
    /// <param name="gap">How much time before each validation block is left out of training.</param>
    /// <param name="window">How far back training reaches; null: to the beginning.</param>
    public static Folds TimeSeries(int count = 5, TimeSpan gap = default, TimeSpan? window = null) =>
        new TimeSeriesFolds { Count = count, Gap = gap, Window = window };

    /// <summary>As far ahead as the test part looks: the last stretches of time, each learned from all before it.</summary>
    /// <param name="horizon">How long a stretch is.</param>
    /// <param name="count">How many, one after the other.</param>
    /// <param name="gap">How much time before each is left out of training.</param>
    public static Folds Ahead(TimeSpan horizon, int count = 3, TimeSpan gap = default) => new HorizonFolds { Horizon = horizon, Count = count, Gap = gap };

    /// <summary>Stretches of time, each in one fold: where test rows fill stretches between the training rows.</summary>
    /// <param name="length">How long a stretch is.</param>
    /// <param name="count">How many folds.</param>
    /// <param name="seed">Which stretch goes to which fold.</param>
    public static Folds Stretches(TimeSpan length, int count = 5, int seed = 42) => new StretchFolds { Length = length, Count = count, Seed = seed };

    /// <summary>One fold for each value of a column; rows where it is missing or −1 are always learned from.</summary>
    public static Folds Predefined(string column) => new PredefinedFolds { Column = column };

    /// <summary>One fold: a share of the rows, stratified, is judged and the rest learned from.</summary>
    public static Folds Holdout(double share = 0.2, int seed = 42) => new HoldoutFolds { Share = share, Seed = seed };
}
