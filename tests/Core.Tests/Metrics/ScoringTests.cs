using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Metrics;

public class ScoringTests
{
    static Predictions Chances(int outputs, params float[] values) => new(OutputKind.Probabilities, new(values, outputs));

    [Fact]
    public void Accuracy_of_two_classes_decides_at_one_half()
    {
        var answers = Some.Classes(0, 1, 1);
        Assert.Equal(2 / 3.0, Scoring.Plain(Accuracy, answers).Score(Chances(1, 0.2f, 0.5f, 0.4f), answers), 1e-12);
    }

    [Fact]
    public void Accuracy_of_several_classes_takes_the_most_likely()
    {
        var answers = Some.Classes(0, 1, 2);
        Assert.Equal(1 / 3.0, Scoring.Plain(Accuracy, answers).Score(Chances(3, .5f, .3f, .2f, .5f, .3f, .2f, .4f, .4f, .2f), answers), 1e-12);
    }

    [Fact]
    public void Class_weights_move_the_most_likely() =>
        Assert.Equal([1f], new MostLikely(1, 2).Apply(Chances(2, 0.6f, 0.4f)).Values.ToArray());

    [Fact]
    public void Grades_are_rounded_and_stay_on_the_scale() =>
        Assert.Equal([0f, 0, 2, 3], Rounded.ToNearest(4).Apply(new(OutputKind.Values, new(new[] { -3f, 0.4f, 1.5f, 9f }, 1))).Values.ToArray());

    [Fact]
    public void Numbers_below_what_the_metric_allows_are_raised()
    {
        var answers = Some.Numbers(0, 1);
        Assert.Equal(0, Scoring.Plain(Rmsle, answers).Score(new(OutputKind.Values, new(new[] { -5f, 1f }, 1)), answers));
    }

    [Fact]
    public void Auc_sees_chances_as_they_are() => Assert.Equal(new Unchanged(), Scoring.Plain(Auc, Some.Classes(0, 1)).Decision);

    [Fact]
    public void A_metric_of_classes_refuses_a_number() =>
        Assert.Contains("'y' is a number", Assert.Throws<InputException>(() => Scoring.Plain(Auc, Some.Numbers(1, 2))).Message);

    [Fact]
    public void Decisions_are_equal_by_value()
    {
        Assert.Equal(Decision.Of("threshold", [0.3, 0.4]), new Threshold(0.3, 0.4));
        Assert.NotEqual<Decision>(new Threshold(0.5), new Rounded(0.5));
    }

    [Fact]
    public void Rows_of_a_dataset_bring_their_weights()
    {
        var rows = new Dataset([], Some.Numbers(0, 0), weights: new[] { 1f, 3f });
        Assert.Equal(3.25, Scoring.Plain(WeightedMae, rows.Answers).Score(new(OutputKind.Values, new(new[] { 1f, 4f }, 1)), rows));
    }
}
