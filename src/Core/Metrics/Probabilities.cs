using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

public static partial class Metrics
{
    /// <summary>Cut at both ends, so that one confident mistake is not infinite; Kaggle's and scikit-learn's old constant.</summary>
    const double Least = 1e-15;

    /// <summary>The mean of −log of the chance given to what is true, natural logarithm. Two classes or several.</summary>
    /// <remarks>Chances are cut to 1e-15 … 1 − 1e-15; those of several classes are then divided by their sum.</remarks>
    public static readonly Metric LogLoss = new("log-loss", HigherIsBetter: false, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        var counted = new RowWeights(weights, truth.Rows);
        if (predicted.Columns == 1)
        {
            Shape.One(truth, predicted, "log-loss", "Of several labels take mean-column-log-loss.");
            return BinaryLogLoss(truth.Values.Span, predicted.Values.Span, counted);
        }
        if (truth.Columns > 1) throw new InputException($"log-loss takes one target; there are {truth.Columns}. Of several labels take mean-column-log-loss.");
        Shape.Classes(truth, predicted, "log-loss");
        var loss = 0.0;
        for (var row = 0; row < truth.Rows; row++)
        {
            var sum = 0.0;
            foreach (var chance in predicted.Row(row)) sum += Cut(chance);
            loss -= counted[row] * Math.Log(Cut(predicted[row, (int)truth[row, 0]]) / sum);
        }
        return loss / counted.Total;
    });

    /// <summary>The mean over labels of each label's log loss.</summary>
    public static readonly Metric MeanColumnLogLoss = new("mean-column-log-loss", HigherIsBetter: false, Need.Probabilities, (truth, predicted, weights, _) =>
        Shape.MeanOverColumns(truth, predicted, weights, "mean-column-log-loss", BinaryLogLoss));

    /// <summary>The mean squared error of the chances: of two classes 0 to 1; of several the errors of all classes added, 0 to 2.</summary>
    public static readonly Metric Brier = new("brier", HigherIsBetter: false, Need.Probabilities, (truth, predicted, weights, _) =>
    {
        if (predicted.Columns == truth.Columns) return Shape.MeanOverColumns(truth, predicted, weights, "brier", MeanSquare);
        Shape.Classes(truth, predicted, "brier");
        var counted = new RowWeights(weights, truth.Rows);
        var squares = 0.0;
        for (var row = 0; row < truth.Rows; row++)
            for (var code = 0; code < predicted.Columns; code++)
            {
                var error = (truth[row, 0] == code ? 1.0 : 0) - predicted[row, code];
                squares += counted[row] * error * error;
            }
        return squares / counted.Total;
    });

    /// <summary>One over the place of the true class among the k most likely, 0 beyond; the mean over rows.</summary>
    /// <remarks>A class counts as placed after all that are as likely, so that equal chances gain nothing.</remarks>
    public static Metric MapOfClasses(int k)
    {
        Require.AtLeast(1, k, "K");
        var name = $"map-of-classes@{k}";
        return new(name, HigherIsBetter: true, Need.Probabilities, (truth, predicted, weights, _) =>
        {
            Shape.Classes(truth, predicted, name);
            var counted = new RowWeights(weights, truth.Rows);
            var sum = 0.0;
            for (var row = 0; row < truth.Rows; row++)
            {
                var chances = predicted.Row(row);
                var place = 0;
                foreach (var chance in chances)
                    if (chance >= chances[(int)truth[row, 0]]) place++;
                if (place <= k) sum += counted[row] / place;
            }
            return sum / counted.Total;
        });
    }

    static double Cut(double chance) => Math.Clamp(chance, Least, 1 - Least);

    static double BinaryLogLoss(ReadOnlySpan<float> truth, ReadOnlySpan<float> predicted, RowWeights weights)
    {
        var loss = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            var chance = Cut(predicted[i]);
            loss -= weights[i] * Math.Log(truth[i] > 0 ? chance : 1 - chance);
        }
        return loss / weights.Total;
    }
}
