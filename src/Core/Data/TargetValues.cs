using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>The answers of rows: what metrics compare with, and what learners learn.</summary>
/// <remarks>
/// Binary and multilabel hold 0 or 1, multiclass and ordinal the class's code, the others the number itself.
/// </remarks>
public sealed class TargetValues
{
    public TargetValues(Target target, Matrix truth, ImmutableArray<string> classes = default)
    {
        Target = target;
        Truth = truth;
        Classes = classes.IsDefault ? [] : classes;
        Scale = target is NumberTarget number ? number.LearnedAs : Scale.Same;
        Learned = Scale == Scale.Same ? truth : truth.Map(x => Scale.Forward(x));
    }

    public Target Target { get; }

    public TaskKind Task => Target.Task;

    /// <summary>(rows, targets) on the table's own scale: for metrics.</summary>
    public Matrix Truth { get; }

    /// <summary>(rows, targets) on the learned scale: for learners.</summary>
    public Matrix Learned { get; }

    public Scale Scale { get; }

    /// <summary>The classes' names by code, as they stand in the table; empty for numbers.</summary>
    public ImmutableArray<string> Classes { get; }

    public int Rows => Truth.Rows;

    /// <summary>How many columns a prediction has (see <see cref="Predictions"/>).</summary>
    public int Outputs => Target switch
    {
        ClassTarget => Classes.Length,
        QuantileTarget quantiles => quantiles.Levels.Length,
        BinaryTarget or OrdinalTarget => 1,
        _ => Truth.Columns,
    };

    public TargetValues Take(ReadOnlySpan<int> rows) => new(Target, Truth.Take(rows), Classes);
}
