using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>What "alike" means when folds are stratified: the class, the combination of labels, or the quantile bin of a number.</summary>
static class Strata
{
    /// <param name="answers">The rows' answers.</param>
    /// <param name="bins">How many quantile bins a number has; equal numbers share a bin.</param>
    /// <returns>(rows) numbers from 0, in the order of classes or bins. Of several numbers the mean of their ranks is binned.</returns>
    public static int[] Of(TargetValues answers, int bins) => answers.Task switch
    {
        TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal => Array.ConvertAll(answers.Truth.Column(0).ToArray(), code => (int)code),
        TaskKind.Multilabel => Combinations(answers.Truth),
        _ => Bins(answers.Truth, bins),
    };

    /// <summary>Combinations in the order of their text, so that those that share their first labels are dealt together.</summary>
    static int[] Combinations(Matrix truth)
    {
        var texts = new string[truth.Rows];
        for (var row = 0; row < texts.Length; row++)
            texts[row] = string.Create(truth.Columns, (truth, row), static (text, from) =>
            {
                for (var i = 0; i < text.Length; i++) text[i] = from.truth[from.row, i] > 0 ? '1' : '0';
            });
        var sorted = texts.Distinct().Order(StringComparer.Ordinal).Select((text, i) => (text, i)).ToDictionary(x => x.text, x => x.i);
        return Array.ConvertAll(texts, text => sorted[text]);
    }

    static int[] Bins(Matrix truth, int bins)
    {
        var sums = new double[truth.Rows];
        for (var target = 0; target < truth.Columns; target++)
        {
            var ranks = Ranking.Mean(truth.Column(target).Span);
            for (var row = 0; row < sums.Length; row++) sums[row] += ranks[row];
        }
        var binned = truth.Columns == 1 ? sums : Ranking.Mean(Array.ConvertAll(sums, x => (float)x));
        return Array.ConvertAll(binned, rank => (int)((rank - 0.5) * bins / truth.Rows));
    }
}
