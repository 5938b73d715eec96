using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

public class ImprovementTests
{
    static readonly double[] Before = [0.80, 0.82, 0.79, 0.81, 0.83];

    [Fact]
    public void The_interval_is_nadeau_and_bengio_s()
    {
        // Differences 1, 2, 3, 4, 5 hundredths: s² = 2.5e-4, variance s²·(1/5 + 1/4), t(4, 0.975) = 2.776445.
        var found = Improvement.Of("a", Before, "b", [0.81, 0.84, 0.82, 0.85, 0.88], higherIsBetter: true, judgedOverLearned: 0.25);
        var reach = 2.776445 * Math.Sqrt(2.5e-4 * 0.45);

        Assert.Equal(0.03, found.Difference, 1e-12);
        Assert.Equal(0.03 - reach, found.Low, 1e-6);
        Assert.Equal(0.03 + reach, found.High, 1e-6);
        Assert.Equal(Math.Sqrt(2.5e-4 * 0.45), found.StandardError, 1e-12);
        Assert.True(found.IsSure == found.Low > 0);
    }

    [Fact]
    public void A_steady_gain_is_an_improvement()
    {
        var found = Improvement.Of("a", Before, "b", [.. Before.Select((s, i) => s + 0.01 + 0.0005 * i)], true, 0.25);

        Assert.True(found.IsSure);
        Assert.Contains("better on 5: an improvement", found.Sentence);
    }

    [Fact]
    public void A_gain_in_some_folds_is_not_told_apart_from_chance() =>
        Assert.Contains("not told apart from chance", Improvement.Of("a", Before, "b", [0.83, 0.80, 0.82, 0.80, 0.84], true, 0.25).Sentence);

    [Fact]
    public void An_error_that_falls_is_a_gain() => Assert.True(Improvement.Of("a", [1, 1.1], "b", [0.9, 1.0], higherIsBetter: false, 0.25).Difference > 0);

    [Fact]
    public void The_same_run_is_no_difference() => Assert.Contains("no difference", Improvement.Of("a", Before, "a", Before, true, 0.25).Sentence);

    [Fact]
    public void Runs_of_different_folds_are_refused() =>
        Assert.Contains("same folds", Assert.Throws<InputException>(() => Improvement.Of("a", Before, "b", [0.8, 0.8], true, 0.25)).Message);

    [Fact]
    public void A_lead_within_noise_is_a_note() =>
        Assert.Equal("lead-within-noise", ScoreDoubts.Lead("b", [0.83, 0.80, 0.82, 0.80, 0.84], "a", Before, true, 0.25)?.Code);

    [Fact]
    public void A_member_s_lead_over_the_ensemble_is_measured_by_its_standard_error()
    {
        var (lead, error) = ScoreDoubts.OverEnsemble(Before, [0.81, 0.84, 0.82, 0.85, 0.88], higherIsBetter: true, 0.25)!.Value;

        Assert.Equal(0.03, lead, 1e-12);
        Assert.Equal(Math.Sqrt(2.5e-4 * 0.45), error, 1e-12);
        Assert.Null(ScoreDoubts.OverEnsemble([0.80], [0.81], true, 0.25));
        Assert.Null(ScoreDoubts.OverEnsemble(Before, [0.81, double.NaN, 0.82, 0.85, 0.88], true, 0.25));
    }

    [Fact]
    public void A_public_score_far_below_is_a_warning()
    {
        Assert.Contains("leaks into the validation", ScoreDoubts.PublicScore(Before, 0.70, true)?.Sentence);
        Assert.Null(ScoreDoubts.PublicScore(Before, 0.79, true));
    }
}
