using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>How well a column's buckets tell the answer: each half of the rows is told by the other half's, so that many small buckets gain nothing.</summary>
/// <param name="Share">0: no better than knowing nothing; 1: perfectly.</param>
/// <param name="Figure">The same in the usual measure: "AUC 0.97".</param>
readonly record struct Telling(double Share, string Figure)
{
    public static Telling Of(BucketedColumn buckets, TargetValues answers, int target)
    {
        var truth = answers.Truth.Column(target).ToArray();
        var half = new int[truth.Length];
        for (var row = 0; row < half.Length; row++) half[row] = row & 1;
        new Random(0).Shuffle(half);
        return answers.Task is TaskKind.Multiclass or TaskKind.Ordinal ? OfClasses(buckets, truth, half)
            : answers.Task is TaskKind.Binary or TaskKind.Multilabel ? OfTwo(Means(buckets, truth, half), truth)
            : OfNumbers(Means(buckets, truth, half), truth);
    }

    /// <summary>How many rows the answer's evidence is worth: of two classes four times rows · share · other share, so that rare ones count for little.</summary>
    public static double Evidence(TargetValues answers, int target)
    {
        if (answers.Task is not (TaskKind.Binary or TaskKind.Multilabel)) return answers.Rows;
        var share = answers.Truth.Column(target).ToArray().Average(t => t > 0 ? 1.0 : 0);
        return 4 * answers.Rows * share * (1 - share);
    }

    static double[] Means(BucketedColumn buckets, float[] truth, int[] half)
    {
        var (sums, counts) = (new double[2, buckets.Count], new double[2, buckets.Count]);
        for (var row = 0; row < truth.Length; row++)
        {
            sums[half[row], buckets.Of[row]] += truth[row];
            counts[half[row], buckets.Of[row]]++;
        }
        var mean = truth.Average(t => (double)t);
        var told = new double[truth.Length];
        for (var row = 0; row < told.Length; row++)
        {
            var (other, bucket) = (1 - half[row], buckets.Of[row]);
            told[row] = counts[other, bucket] > 0 ? sums[other, bucket] / counts[other, bucket] : mean;
        }
        return told;
    }

    static Telling OfTwo(double[] told, float[] truth)
    {
        var ranks = Ranking.Mean(Array.ConvertAll(told, value => (float)value));
        var (positives, sum) = (0.0, 0.0);
        for (var row = 0; row < truth.Length; row++)
            if (truth[row] > 0) (positives, sum) = (positives + 1, sum + ranks[row]);
        var negatives = truth.Length - positives;
        if (positives == 0 || negatives == 0) return new(0, "one class");
        var auc = (sum - positives * (positives + 1) / 2) / (positives * negatives);
        return new(2 * auc - 1, string.Create(CultureInfo.InvariantCulture, $"AUC {auc:0.000}"));
    }

    static Telling OfNumbers(double[] told, float[] truth)
    {
        var mean = truth.Average(t => (double)t);
        var (rest, all) = (0.0, 0.0);
        for (var row = 0; row < truth.Length; row++)
        {
            rest += Math.Pow(truth[row] - told[row], 2);
            all += Math.Pow(truth[row] - mean, 2);
        }
        var share = all > 0 ? 1 - rest / all : 0;
        return new(share, string.Create(CultureInfo.InvariantCulture, $"R² {share:0.000}"));
    }

    static Telling OfClasses(BucketedColumn buckets, float[] truth, int[] half)
    {
        var classes = (int)truth.Max() + 1;
        var counts = new int[2, buckets.Count, classes];
        var all = new int[classes];
        for (var row = 0; row < truth.Length; row++)
        {
            counts[half[row], buckets.Of[row], (int)truth[row]]++;
            all[(int)truth[row]]++;
        }
        var common = Array.IndexOf(all, all.Max());
        var right = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            var (best, most) = (common, 0);
            for (var code = 0; code < classes; code++)
                if (counts[1 - half[row], buckets.Of[row], code] > most) (best, most) = (code, counts[1 - half[row], buckets.Of[row], code]);
            if (best == (int)truth[row]) right++;
        }
        var (accuracy, chance) = ((double)right / truth.Length, (double)all[common] / truth.Length);
        return new(chance < 1 ? (accuracy - chance) / (1 - chance) : 0, string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy:0.000}, by chance {chance:0.000}"));
    }
}
