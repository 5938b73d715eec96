using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>The metrics of the field, each a formula that knows its direction and its need. Of several targets they give the mean over targets.</summary>
public static partial class Metrics
{
    /// <summary>Root of the mean squared error.</summary>
    public static readonly Metric Rmse = OfColumns("rmse", false, (truth, predicted, weights) => Math.Sqrt(MeanSquare(truth, predicted, weights)));

    /// <summary>Mean squared error.</summary>
    public static readonly Metric Mse = OfColumns("mse", false, MeanSquare);

    /// <summary>Mean absolute error.</summary>
    public static readonly Metric Mae = OfColumns("mae", false, (truth, predicted, weights) =>
    {
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++) sum += weights[i] * Math.Abs((double)truth[i] - predicted[i]);
        return sum / weights.Total;
    });

    /// <summary>Mean absolute error of rows that do not count alike.</summary>
    /// <exception cref="InputException">The rows have no weights.</exception>
    public static readonly Metric WeightedMae = new("wmae", HigherIsBetter: false, Need.Values, (truth, predicted, weights, groups) =>
        weights.IsEmpty
            ? throw new InputException("wmae weighs the rows, but they have no weights: name the column that holds them, or use mae.")
            : Mae.Of(truth, predicted, weights, groups));

    /// <summary>Root of the mean squared error of log(1 + x): for counts and amounts, 0 included.</summary>
    /// <exception cref="InputException">An answer or a prediction is below 0.</exception>
    public static readonly Metric Rmsle = OfColumns("rmsle", false, (truth, predicted, weights) =>
    {
        var squares = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] < 0 || predicted[i] < 0)
                throw new InputException($"rmsle takes no number below 0; row {i + 1} has {truth[i]}, predicted {predicted[i]}. Use rmse, or cut predictions at 0.");
            var difference = Math.Log(1.0 + truth[i]) - Math.Log(1.0 + predicted[i]);
            squares += weights[i] * difference * difference;
        }
        return Math.Sqrt(squares / weights.Total);
    }) with { Least = 0 };

    /// <summary>Root of the mean squared error of log(x): relative errors of prices.</summary>
    /// <exception cref="InputException">An answer or a prediction is not above 0.</exception>
    public static readonly Metric RmseOfLogs = OfColumns("rmse-of-logs", false, (truth, predicted, weights) =>
    {
        var squares = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            if (!(truth[i] > 0 && predicted[i] > 0))
                throw new InputException($"rmse-of-logs takes numbers above 0 only; row {i + 1} has {truth[i]}, predicted {predicted[i]}. Use rmsle where 0 occurs.");
            var difference = Math.Log(truth[i]) - Math.Log(predicted[i]);
            squares += weights[i] * difference * difference;
        }
        return Math.Sqrt(squares / weights.Total);
    }) with { Least = 1e-6f };

    /// <summary>The part of the variance that is explained: 1 is perfect, 0 no better than the mean.</summary>
    /// <remarks>Of answers that are all equal: 1 when every prediction equals them, else 0, as in scikit-learn.</remarks>
    public static readonly Metric R2 = OfColumns("r2", true, (truth, predicted, weights) =>
    {
        var mean = 0.0;
        for (var i = 0; i < truth.Length; i++) mean += weights[i] * truth[i];
        mean /= weights.Total;
        var (rest, all) = (0.0, 0.0);
        for (var i = 0; i < truth.Length; i++)
        {
            rest += weights[i] * Math.Pow((double)truth[i] - predicted[i], 2);
            all += weights[i] * Math.Pow(truth[i] - mean, 2);
        }
        return all > 0 ? 1 - rest / all : rest == 0 ? 1 : 0;
    });

    /// <summary>Mean of |error| / |answer|, as a fraction.</summary>
    /// <remarks>An answer of 0 counts as 2⁻⁵², as in scikit-learn: such a row drowns all others.</remarks>
    public static readonly Metric Mape = OfColumns("mape", false, (truth, predicted, weights) =>
    {
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
            sum += weights[i] * Math.Abs((double)truth[i] - predicted[i]) / Math.Max(Math.Abs((double)truth[i]), Math.Pow(2, -52));
        return sum / weights.Total;
    });

    /// <summary>Mean of |error| over the mean size of answer and prediction, in percent: 0 to 200; 0 where both are 0.</summary>
    public static readonly Metric Smape = OfColumns("smape", false, (truth, predicted, weights) =>
    {
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            var size = Math.Abs((double)truth[i]) + Math.Abs((double)predicted[i]);
            if (size > 0) sum += weights[i] * Math.Abs((double)truth[i] - predicted[i]) / size;
        }
        return 200 * sum / weights.Total;
    });

    /// <summary>Median of |error|; of weighted rows the least error that half the weight does not exceed.</summary>
    public static readonly Metric MedianAbsoluteError = OfColumns("median-absolute-error", false, (truth, predicted, weights) =>
    {
        var errors = new double[truth.Length];
        var counts = new double[truth.Length];
        for (var i = 0; i < errors.Length; i++) (errors[i], counts[i]) = (Math.Abs((double)truth[i] - predicted[i]), weights[i]);
        Array.Sort(errors, counts);
        if (counts.All(count => count == 1)) return (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
        var (below, at) = (counts[0], 0);
        while (below < weights.Total / 2) below += counts[++at];
        return errors[at];
    });

    /// <summary>Linear correlation, −1 to 1; 0 where all predictions are equal.</summary>
    /// <exception cref="InputException">All answers are equal.</exception>
    public static readonly Metric Pearson = OfColumns("pearson", true, (truth, predicted, weights) => Correlation(Doubles(truth), Doubles(predicted), weights, "pearson"));

    /// <summary>Linear correlation of mean ranks, −1 to 1; 0 where all predictions are equal.</summary>
    /// <exception cref="InputException">All answers are equal.</exception>
    public static readonly Metric Spearman = OfColumns("spearman", true, (truth, predicted, weights) =>
        Correlation(Ranking.Mean(truth), Ranking.Mean(predicted), weights, "spearman"));

    /// <summary>Mean deviance of a Poisson count, 2 Σ (y log(y / p) − y + p).</summary>
    /// <exception cref="InputException">An answer is below 0 or a prediction not above it.</exception>
    public static readonly Metric PoissonDeviance = OfColumns("poisson-deviance", false, (truth, predicted, weights) =>
    {
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            if (!(truth[i] >= 0 && predicted[i] > 0))
                throw new InputException($"poisson-deviance takes answers from 0 and predictions above 0; row {i + 1} has {truth[i]}, predicted {predicted[i]}.");
            var (y, p) = ((double)truth[i], (double)predicted[i]);
            sum += weights[i] * ((y > 0 ? y * Math.Log(y / p) : 0) - y + p);
        }
        return 2 * sum / weights.Total;
    }) with { Least = 1e-6f };

    /// <summary>Pinball loss of quantiles, the mean over them.</summary>
    /// <param name="quantiles">Between 0 and 1, one for each output; one target.</param>
    public static Metric Pinball(params double[] quantiles)
    {
        foreach (var quantile in quantiles) Require.Between(0, 1, quantile, "A quantile");
        var name = $"pinball@{string.Join(',', quantiles.Select(q => q.ToString(System.Globalization.CultureInfo.InvariantCulture)))}";
        return new(name, HigherIsBetter: false, Need.Values, (truth, predicted, weights, _) =>
        {
            if (truth.Columns != 1 || predicted.Columns != quantiles.Length)
                throw new InputException($"{name} takes one target and {quantiles.Length} outputs; there are {truth.Columns} and {predicted.Columns}.");
            var counted = new RowWeights(weights, truth.Rows);
            var sum = 0.0;
            for (var row = 0; row < truth.Rows; row++)
                for (var q = 0; q < quantiles.Length; q++)
                {
                    var error = (double)truth[row, 0] - predicted[row, q];
                    sum += counted[row] * Math.Max(quantiles[q] * error, (quantiles[q] - 1) * error);
                }
            return sum / counted.Total / quantiles.Length;
        });
    }

    static Metric OfColumns(string name, bool higherIsBetter, ColumnFormula of) => new(name, higherIsBetter, Need.Values,
        (truth, predicted, weights, _) => Shape.MeanOverColumns(truth, predicted, weights, name, of));

    static double MeanSquare(ReadOnlySpan<float> truth, ReadOnlySpan<float> predicted, RowWeights weights)
    {
        var squares = 0.0;                                  // double: a float sum drifts by the millionth row
        for (var i = 0; i < truth.Length; i++)
        {
            var error = (double)truth[i] - predicted[i];
            squares += weights[i] * error * error;
        }
        return squares / weights.Total;
    }

    static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        return doubles;
    }

    static double Correlation(double[] truth, double[] predicted, RowWeights weights, string metric)
    {
        var (meanT, meanP) = (0.0, 0.0);
        for (var i = 0; i < truth.Length; i++)
        {
            meanT += weights[i] * truth[i];
            meanP += weights[i] * predicted[i];
        }
        (meanT, meanP) = (meanT / weights.Total, meanP / weights.Total);
        var (tt, pp, tp) = (0.0, 0.0, 0.0);
        for (var i = 0; i < truth.Length; i++)
        {
            var (t, p) = (truth[i] - meanT, predicted[i] - meanP);
            tt += weights[i] * t * t;
            pp += weights[i] * p * p;
            tp += weights[i] * t * p;
        }
        if (tt == 0) throw new InputException($"{metric} is not defined: all answers of these {truth.Length} rows are equal.");
        return pp == 0 ? 0 : tp / Math.Sqrt(tt * pp);
    }
}
