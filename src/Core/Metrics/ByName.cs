using System.Globalization;
using System.Text.RegularExpressions;
using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

public static partial class Metrics
{
    /// <summary>Every metric that has no number in its name, and one of each family that has.</summary>
    public static IReadOnlyList<Metric> All =>
    [
        Accuracy, BalancedAccuracy, Mcc, Kappa, QuadraticWeightedKappa,
        F1, F1Macro, F1Micro, F1Weighted, Precision, Recall,
        .. from average in Averages where average != Averaging.Binary from metric in new[] { PrecisionBy(average), RecallBy(average) } select metric,
        Auc, Gini, AucOneVsRest, AucOneVsOne, MeanColumnAuc, AveragePrecision,
        LogLoss, MeanColumnLogLoss, Brier,
        Rmse, Mse, Mae, WeightedMae, Rmsle, RmseOfLogs, R2, Mape, Smape, MedianAbsoluteError, Pearson, Spearman, PoissonDeviance,
        FBeta(2), FBeta(0.5), Pinball(0.5), MapOfClasses(3),
        MapAt(10), NdcgAt(10), NdcgAt(10, exponential: true), HitRateAt(10), PrecisionAt(10), RecallAt(10), MrrAt(10),
    ];

    /// <param name="name">
    /// As in <see cref="Metric.Name"/>; upper case, spaces, dashes and underscores make no difference. Numbers may be others:
    /// "f0.5-macro", "map@5", "pinball@0.1,0.9".
    /// </param>
    /// <exception cref="InputException">There is no such metric; the sentence names the nearest.</exception>
    public static Metric ByName(string name)
    {
        var plain = Plain(name);
        if (Aliases.TryGetValue(plain, out var alias)) plain = Plain(alias);
        if (All.FirstOrDefault(metric => Plain(metric.Name) == plain) is { } found) return found;
        if (WithNumber(plain) is { } made) return made;
        var nearest = All.Select(metric => metric.Name).Concat(Aliases.Keys).MinBy(known => Distance(Plain(known), plain))!;
        throw new InputException(
            $"There is no metric '{name}'; did you mean '{Aliases.GetValueOrDefault(nearest, nearest)}'? " +
            $"There are {string.Join(", ", All.Select(metric => metric.Name))}; the numbers after f and @ may be others.");
    }

    static readonly Averaging[] Averages = Enum.GetValues<Averaging>();

    static readonly Dictionary<string, string> Aliases = new()
    {
        ["rocauc"] = "auc", ["aucroc"] = "auc", ["rocaucovr"] = "auc-ovr", ["rocaucovo"] = "auc-ovo",
        ["crossentropy"] = "log-loss", ["neglogloss"] = "log-loss", ["binarylogloss"] = "log-loss", ["multilogloss"] = "log-loss",
        ["meancolumnwiseauc"] = "mean-column-auc", ["meancolumnwiselogloss"] = "mean-column-log-loss",
        ["acc"] = "accuracy", ["f1score"] = "f1", ["ap"] = "average-precision", ["prauc"] = "average-precision", ["brierscore"] = "brier",
        ["matthews"] = "mcc", ["matthewscorrcoef"] = "mcc", ["cohenkappa"] = "kappa", ["cohenskappa"] = "kappa",
        ["quadraticweightedkappa"] = "qwk", ["quadratickappa"] = "qwk",
        ["rootmeansquarederror"] = "rmse", ["meansquarederror"] = "mse", ["meanabsoluteerror"] = "mae", ["weightedmae"] = "wmae",
        ["rmselog"] = "rmse-of-logs", ["rmseoflog"] = "rmse-of-logs", ["rootmeansquaredlogerror"] = "rmsle", ["rsquared"] = "r2", ["r2score"] = "r2",
        ["medae"] = "median-absolute-error", ["poisson"] = "poisson-deviance",
    };

    static Metric? WithNumber(string plain)
    {
        if (Regex.Match(plain, @"^f(\d*\.?\d+)(macro|micro|weighted)?$") is { Success: true } f && Number(f.Groups[1].Value) is > 0 and var beta)
            return FBeta(beta, f.Groups[2].Success ? Enum.Parse<Averaging>(f.Groups[2].Value, ignoreCase: true) : Averaging.Binary);
        if (Regex.Match(plain, @"^pinball@([\d.,]+)$") is { Success: true } pinball)
            return Pinball([.. pinball.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]);
        if (Regex.Match(plain, @"^([a-z]+)@(\d{1,6})$") is not { Success: true } at) return null;
        var k = (int)Number(at.Groups[2].Value);
        return at.Groups[1].Value switch
        {
            "map" => MapAt(k),
            "mapofclasses" => MapOfClasses(k),
            "ndcg" => NdcgAt(k),
            "ndcgexp" => NdcgAt(k, exponential: true),
            "hitrate" => HitRateAt(k),
            "precision" => PrecisionAt(k),
            "recall" => RecallAt(k),
            "mrr" => MrrAt(k),
            _ => null,
        };
    }

    static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    static string Plain(string name) => string.Concat(name.Trim().ToLowerInvariant().Where(c => c is not (' ' or '-' or '_')));

    /// <summary>Levenshtein's distance: how many letters must change.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
