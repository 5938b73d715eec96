using Kaggle.Core.Data;

namespace Kaggle.Baselines.Dummies;

/// <summary>The answers as a rule gives them: class shares, values or quantiles for each place of a column.</summary>
/// <param name="Targets">(rows, outputs): of classes one column of 0 and 1 each.</param>
/// <param name="Weights">(rows) or empty.</param>
/// <param name="Quantiles">Set when quantiles are asked for.</param>
sealed record RuleAnswers(Matrix Targets, ReadOnlyMemory<float> Weights, IReadOnlyList<double>? Quantiles)
{
    public static RuleAnswers Of(Dataset train)
    {
        var target = train.Answers;
        var weights = train.Weights ?? default;
        if (target.Target is not ClassTarget) return new(target.Learned, weights, (target.Target as QuantileTarget)?.Levels);
        var shares = new float[target.Rows * target.Outputs];
        for (var row = 0; row < target.Rows; row++) shares[row * target.Outputs + (int)target.Truth[row, 0]] = 1;
        return new(new(shares, target.Outputs), weights, null);
    }

    /// <returns>The squared error of a rule by places, each row judged by the other inner folds' rows.</returns>
    public double InnerError(int[] places, int count, int[] fold, double smoothing)
    {
        var folds = fold.Max() + 1;
        var outputs = Targets.Columns;
        // Sums by fold, place and output; the last slot of a place is its weight.
        var sums = new double[folds, count, outputs + 1];
        var totals = new double[folds, outputs + 1];
        for (var row = 0; row < places.Length; row++)
        {
            var weight = Weight(row);
            for (var k = 0; k <= outputs; k++)
            {
                var added = k < outputs ? weight * Targets[row, k] : weight;
                sums[fold[row], places[row], k] += added;
                totals[fold[row], k] += added;
            }
        }
        double error = 0;
        var said = new double[folds, count, outputs];
        for (var f = 0; f < folds; f++)
            for (var k = 0; k < outputs; k++)
            {
                double all = 0, weight = 0;
                for (var g = 0; g < folds; g++)
                    if (g != f || folds == 1) (all, weight) = (all + totals[g, k], weight + totals[g, outputs]);
                var prior = weight > 0 ? all / weight : 0;
                for (var place = 0; place < count; place++)
                {
                    double sum = 0, seen = 0;
                    for (var g = 0; g < folds; g++)
                        if (g != f || folds == 1) (sum, seen) = (sum + sums[g, place, k], seen + sums[g, place, outputs]);
                    said[f, place, k] = seen + smoothing > 0 ? (sum + smoothing * prior) / (seen + smoothing) : prior;
                }
            }
        for (var row = 0; row < places.Length; row++)
            for (var k = 0; k < outputs; k++)
            {
                var off = Targets[row, k] - said[fold[row], places[row], k];
                error += Weight(row) * off * off;
            }
        return error;
    }

    /// <returns>(places)(outputs) what the rule says at each place; at one without rows, what is true of all.</returns>
    public float[][] Outputs(int[] places, int count, double smoothing)
    {
        var rowsAt = Enumerable.Range(0, places.Length).ToLookup(row => places[row]);
        var all = Enumerable.Range(0, places.Length).ToArray();
        return [.. Enumerable.Range(0, count).Select(place =>
        {
            int[] here = [.. rowsAt[place]];
            return Quantiles is null ? Means(here, all, smoothing) : OfQuantiles(here.Length >= 5 ? here : all);
        })];
    }

    float[] OfQuantiles(int[] rows)
    {
        var values = Targets.Take(rows).Values;
        return [.. Quantiles!.Select(q => (float)AnswerStatistics.Quantile(values.Span, q))];
    }

    float[] Means(int[] rows, int[] all, double smoothing)
    {
        var said = new float[Targets.Columns];
        for (var k = 0; k < said.Length; k++)
        {
            var (sum, weight) = Sum(rows, k);
            var (every, of) = Sum(all, k);
            said[k] = (float)(weight + smoothing > 0 ? (sum + smoothing * every / of) / (weight + smoothing) : every / of);
        }
        return said;
    }

    (double Sum, double Weight) Sum(int[] rows, int output)
    {
        double sum = 0, weight = 0;
        foreach (var row in rows) (sum, weight) = (sum + Weight(row) * Targets[row, output], weight + Weight(row));
        return (sum, weight);
    }

    double Weight(int row) => Weights.IsEmpty ? 1 : Weights.Span[row];
}
