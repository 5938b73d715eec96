using CsCheck;
using Kaggle.Core.Data;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Metrics;

public class MetricsTests
{
    [Fact]
    public void Predictions_below_what_a_metric_knows_are_raised_to_it_and_no_others()
    {
        var predicted = new Matrix(new float[] { -2, 0, 3 }, 1);

        Assert.Equal([0, 0, 3], Rmsle.Raise(predicted).Values.ToArray());
        Assert.Equal([-2, 0, 3], Mae.Raise(predicted).Values.ToArray());
    }

    [Fact]
    public void Auc_of_all_tied_scores_is_one_half() =>
        Assert.Equal(0.5, Auc.Score(truth: new float[] { 0, 1, 0, 1 }, predicted: new float[] { 3, 3, 3, 3 }));

    [Fact]
    public void Auc_is_the_share_of_pairs_in_order() => Pairs.Sample(rows =>
    {
        var (truth, scores) = rows;
        var (right, pairs) = (0.0, 0);
        for (var i = 0; i < truth.Length; i++)
            for (var j = 0; j < truth.Length; j++)
            {
                if (truth[i] <= truth[j]) continue;
                pairs++;
                right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        return Math.Abs(right / pairs - Auc.Score(truth, scores)) < 1e-12;
    });

    [Fact]
    public void Auc_looks_at_order_alone() => Pairs.Sample(rows =>
        Auc.Score(rows.Truth, rows.Scores) == Auc.Score(rows.Truth, Array.ConvertAll(rows.Scores, s => s * 8 - 3)));

    [Fact]
    public void Equal_weights_change_nothing() => Pairs.Sample(rows => new[] { Auc, LogLoss, AveragePrecision, Rmse, Mae, R2, Brier }.All(metric =>
        Math.Abs(metric.Score(new(rows.Truth, 1), new(rows.Scores, 1), Array.ConvertAll(rows.Truth, _ => 0.5f)) - metric.Score(rows.Truth, rows.Scores)) < 1e-9));

    static readonly Gen<(float[] Truth, float[] Scores)> Pairs =
        from truth in Gen.Int[0, 1].Array[2, 60]
        where truth.Distinct().Count() == 2
        from scores in Gen.Int[0, 16].Array[truth.Length]
        select (Array.ConvertAll(truth, t => (float)t), Array.ConvertAll(scores, s => s / 16f));

    [Fact]
    public void A_million_confident_mistakes_do_not_make_log_loss_infinite() =>
        Assert.Equal(-Math.Log(1e-15), LogLoss.Score(new float[] { 1 }, new float[] { 0 }), 1e-9);

    [Fact]
    public void Kappa_counts_the_distance_of_grades_that_no_row_has() =>       // scikit-learn would number the grades 0, 1 and 3 as 0, 1 and 2
        Assert.Equal(0.5, QuadraticWeightedKappa.Score(new float[] { 0, 1, 0, 1 }, new float[] { 0, 3, 0, 1 }), 1e-12);

    [Theory]
    [InlineData("auc"), InlineData("average-precision")]
    public void One_class_is_a_sentence(string metric) =>
        Assert.Contains("one class", Assert.Throws<InputException>(() => ByName(metric).Score(new float[] { 0, 0 }, new float[] { 1, 2 })).Message);

    [Fact]
    public void Nan_is_a_sentence_that_names_the_row() =>
        Assert.Contains("row 2 is NaN", Assert.Throws<InputException>(() => Rmse.Score(new float[] { 0, 0 }, new float[] { 1, float.NaN })).Message);

    [Fact]
    public void Chances_given_as_labels_are_a_sentence() =>
        Assert.Contains("row 1 has 0.25", Assert.Throws<InputException>(() => F1.Score(new float[] { 0, 1 }, new float[] { 0.25f, 1 })).Message);

    [Fact]
    public void Different_lengths_are_a_sentence() =>
        Assert.Contains("1 predictions for 2 rows", Assert.Throws<InputException>(() => Rmse.Score(new float[] { 0, 0 }, new float[] { 1 })).Message);

    [Fact]
    public void Weights_that_are_all_zero_are_a_sentence() =>
        Assert.Contains("weight 0", Assert.Throws<InputException>(() => Rmse.Score(new(new float[] { 1 }, 1), new(new float[] { 1 }, 1), [0f])).Message);

    [Fact]
    public void Equal_scores_gain_nothing_by_the_order_of_the_file() =>
        Assert.Equal(0, HitRateAt(1).Score(new(new float[] { 1, 0 }, 1), new(new float[] { 5, 5 }, 1), groups: [7, 7]));

    [Theory]
    [InlineData("AUC", "auc"), InlineData("Log Loss", "log-loss"), InlineData("roc_auc", "auc"), InlineData("MAP@5", "map@5")]
    [InlineData("f0.5_macro", "f0.5-macro"), InlineData("quadratic weighted kappa", "qwk"), InlineData("pinball@0.1,0.9", "pinball@0.1,0.9")]
    public void Names_forgive_case_and_dashes(string asked, string name) => Assert.Equal(name, ByName(asked).Name);

    [Fact]
    public void Every_metric_is_found_by_its_name() => Assert.All(All, metric => Assert.Equal(metric.Name, ByName(metric.Name).Name));

    [Theory]
    [InlineData("acuracy", "accuracy"), InlineData("rmsel", "rmse"), InlineData("log-los", "log-loss")]
    public void An_unknown_name_is_answered_with_the_nearest(string asked, string nearest) =>
        Assert.Contains($"did you mean '{nearest}'", Assert.Throws<InputException>(() => ByName(asked)).Message);
}
