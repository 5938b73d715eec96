using Kaggle.Core.Data;

namespace Kaggle.Baselines.Trees;

/// <summary>What trees average in their leaves: (rows, outputs) numbers, classes as 0 and 1.</summary>
/// <remarks>The variance of such classes is the Gini impurity, so one criterion serves every task.</remarks>
sealed class ForestTarget
{
    ForestTarget(int outputs, float[] values, int[]? classes) => (Outputs, Values, Classes) = (outputs, values, classes);

    public int Outputs { get; }

    /// <summary>(rows × outputs); empty where <see cref="Classes"/> says it all.</summary>
    public float[] Values { get; }

    /// <summary>(rows) the one output that is 1; null: not a choice among classes.</summary>
    public int[]? Classes { get; }

    public static ForestTarget Of(TargetValues answers) => answers.Target is ClassTarget
        ? new(Math.Max(1, answers.Classes.Length), [], [.. answers.Truth.Values.ToArray().Select(code => (int)code)])
        : new(answers.Learned.Columns, answers.Learned.Values.ToArray(), null);

    /// <summary>Adds a row's weighted answer to sums of all outputs.</summary>
    public void Add(int row, double weight, Span<double> sums)
    {
        if (Classes is not null) sums[Classes[row]] += weight;
        else
            for (var output = 0; output < sums.Length; output++) sums[output] += weight * Values[row * sums.Length + output];
    }
}
