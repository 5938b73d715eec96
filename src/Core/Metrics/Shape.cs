using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>What a formula can be given.</summary>
static class Shape
{
    /// <exception cref="InputException">There are several.</exception>
    public static void One(Matrix truth, Matrix predicted, string metric, string instead)
    {
        if (truth.Columns != 1 || predicted.Columns != 1)
            throw new InputException($"{metric} takes one target and one output; there are {truth.Columns} and {predicted.Columns}. {instead}");
    }

    /// <exception cref="InputException">Not one output for each target.</exception>
    public static void Same(Matrix truth, Matrix predicted, string metric)
    {
        if (truth.Columns != predicted.Columns)
            throw new InputException($"{metric} takes one output for each target; there are {predicted.Columns} and {truth.Columns}.");
    }

    /// <exception cref="InputException">Not one output for each class, or a class without one.</exception>
    public static void Classes(Matrix truth, Matrix predicted, string metric)
    {
        if (truth.Columns != 1 || predicted.Columns < 2)
            throw new InputException($"{metric} takes one target and one output for each class; there are {truth.Columns} and {predicted.Columns}.");
        foreach (var code in truth.Values.Span)
            if (!(code >= 0 && code < predicted.Columns))
                throw new InputException($"{metric}: class {code} is among the answers, but there are outputs for {predicted.Columns} classes only.");
    }

    /// <returns>The mean of a formula over columns, each given as (rows) answers and (rows) predictions.</returns>
    public static double MeanOverColumns(Matrix truth, Matrix predicted, ReadOnlySpan<float> weights, string metric, ColumnFormula of)
    {
        Same(truth, predicted, metric);
        var sum = 0.0;
        for (var column = 0; column < truth.Columns; column++)
            sum += of(truth.Column(column).Span, predicted.Column(column).Span, new(weights, truth.Rows));
        return sum / truth.Columns;
    }
}

/// <param name="truth">(rows)</param>
/// <param name="predicted">(rows)</param>
/// <param name="weights">(rows)</param>
delegate double ColumnFormula(ReadOnlySpan<float> truth, ReadOnlySpan<float> predicted, RowWeights weights);
