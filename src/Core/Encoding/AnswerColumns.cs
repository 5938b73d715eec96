using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Answers as columns of numbers whose means say something: of classes one column of 0 and 1 each, else the learned values.</summary>
static class AnswerColumns
{
    /// <returns>(rows, outputs)</returns>
    public static Matrix ByOutput(this TargetValues target)
    {
        if (target.Task != TaskKind.Multiclass) return target.Learned;
        var classes = target.Classes.Length;
        var shares = new float[target.Rows * classes];
        for (var row = 0; row < target.Rows; row++) shares[row * classes + (int)target.Truth[row, 0]] = 1;
        return new(shares, classes);
    }

    public static string[] OutputNames(this TargetValues target) =>
        target.Task == TaskKind.Multiclass ? [.. target.Classes] : [.. target.Target.Columns];
}
