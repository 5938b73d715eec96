using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>The kind of answer asked for; loss, outputs and metrics follow from it.</summary>
public enum TaskKind
{
    Regression,
    Binary,
    Multiclass,
    Multilabel,
    Ordinal,
    Quantile,
}

/// <summary>What is to be predicted: a declaration over the columns of the training table.</summary>
public abstract record Target
{
    private protected Target(TaskKind task, ImmutableArray<string> columns)
    {
        if (columns.IsDefaultOrEmpty) throw new InputException("A target needs at least one column name.");
        (Task, Columns) = (task, columns);
    }

    public TaskKind Task { get; }

    /// <summary>The columns of the training table that hold the answer.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Two classes.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="positive">The value that counts as 1; without it the second in order (1, true, yes, the later text).</param>
    public static Target Binary(string column, string? positive = null) => new BinaryTarget(column, positive);

    /// <summary>Three classes or more, one to a row.</summary>
    public static Target Classes(string column) => new ClassTarget(column);

    /// <summary>Several yes/no columns, each independent of the others.</summary>
    public static Target Labels(params string[] columns) => new LabelsTarget([.. columns]);

    /// <summary>A number.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="learnedAs">The scale that learners see; metrics and submissions stay on the table's own.</param>
    public static Target Number(string column, Scale learnedAs = Scale.Same) => new NumberTarget([column], learnedAs);

    /// <summary>Several numbers at once.</summary>
    public static Target Numbers(params string[] columns) => new NumberTarget([.. columns], Scale.Same);

    /// <summary>Classes with an order (grades): learned as a number, decided by thresholds fitted out of fold.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="order">The values from least to most; without it their numeric order.</param>
    public static Target Ordinal(string column, params string[] order) => new OrdinalTarget(column, [.. order]);

    /// <summary>Several quantiles of one number.</summary>
    public static Target Quantiles(string column, params double[] quantiles) => new QuantileTarget(column, [.. quantiles]);
}

public sealed record BinaryTarget(string Column, string? Positive = null) : Target(TaskKind.Binary, [Column]);

public sealed record ClassTarget(string Column) : Target(TaskKind.Multiclass, [Column]);

public sealed record LabelsTarget(ImmutableArray<string> Names) : Target(TaskKind.Multilabel, Names);

public sealed record NumberTarget(ImmutableArray<string> Names, Scale LearnedAs) : Target(TaskKind.Regression, Names);

public sealed record OrdinalTarget(string Column, ImmutableArray<string> Order) : Target(TaskKind.Ordinal, [Column]);

public sealed record QuantileTarget(string Column, ImmutableArray<double> Levels) : Target(TaskKind.Quantile, [Column]);
