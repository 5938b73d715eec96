using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Metrics;
using Kaggle.Core.Validation;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Ensembling;

public class CrossValidatedEnsembleTests
{
    static Dataset Rows(TargetValues answers) => new([], answers);

    static CrossValidatedEnsemble Fitted(
        IEnsemble recipe, Predictions[] members, Dataset rows, IReadOnlyList<Fold> folds, Metric metric, bool gains = true, int threads = 1) =>
        CrossValidatedEnsemble.Fit(recipe, members, rows, folds, metric, gains: gains, threads: threads, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public void A_fold_is_scored_by_weights_that_never_saw_its_answers()
    {
        var (answers, members) = Members.OfTwoClasses(300, 0.8, 1, 1.5);
        var folds = Folds.Stratified(3).Split(Rows(answers));
        var turned = answers.Truth.Values.ToArray();
        foreach (var row in folds[1].Validation) turned[row] = 1 - turned[row];

        var honest = Fitted(new WeightedEnsemble(), members, Rows(answers), folds, F1, gains: false);
        var other = Fitted(new WeightedEnsemble(), members, Rows(new(answers.Target, new(turned, 1), answers.Classes)), folds, F1, gains: false);

        Assert.All(folds[1].Validation, row => Assert.Equal(honest.OutOfFold[row, 0], other.OutOfFold[row, 0]));
        Assert.All(folds[1].Validation, row => Assert.Equal(honest.Decided[row, 0], other.Decided[row, 0]));
        Assert.NotEqual(honest.OutOfFold.Values.Values.ToArray(), other.OutOfFold.Values.Values.ToArray());
    }

    [Fact]
    public void Noise_does_not_look_like_a_gain()
    {
        var random = new Random(8);
        var answers = Some.Classes([.. Enumerable.Range(0, 200).Select(_ => random.Next(2))]);
        Predictions[] noise = [.. Enumerable.Range(0, 12).Select(_ => new Predictions(OutputKind.Probabilities, new(Enumerable.Range(0, 200).Select(_ => random.NextSingle()).ToArray(), 1)))];
        var ensemble = Fitted(new GreedyEnsemble(), noise, Rows(answers), Folds.Stratified(5).Split(Rows(answers)), Auc, gains: false);
        var own = Auc.Score(answers.Truth, ensemble.Blend.Blend(noise).Values);

        Assert.True(own > 0.58, "what the weights saw themselves flatters");
        Assert.InRange(ensemble.Score, 0.4, 0.56);
    }

    [Fact]
    public void Gains_tell_a_good_member_from_noise()
    {
        var (answers, members) = Members.OfTwoClasses(600, 0.9, 0.9, 40);
        var gains = Fitted(new MeanEnsemble(), members, Rows(answers), Folds.Stratified(5).Split(Rows(answers)), Auc).Gains;

        Assert.True(gains[0] > 0 && gains[1] > 0 && gains[2] < 0, string.Join(" ", gains));
    }

    [Fact]
    public void Gains_of_an_error_are_positive_when_the_error_falls()
    {
        var (answers, members) = Members.OfNumbers(400, Scale.Same, 0.2, 0.2);

        Assert.All(Fitted(new MeanEnsemble(), members, Rows(answers), Folds.Shuffled(4).Split(Rows(answers)), Rmse).Gains, gain => Assert.True(gain > 0));
    }

    [Fact]
    public void Rows_that_no_fold_judges_are_passed_over()
    {
        var (answers, members) = Members.OfNumbers(120, Scale.Same, 0.2, 0.3);
        var rows = new Dataset([], answers, time: Enumerable.Range(0, 120).Select(i => (long)i).ToArray());
        var folds = Folds.TimeSeries(3).Split(rows);
        var judged = folds.SelectMany(fold => fold.Validation).ToHashSet();
        Predictions[] partly = [.. members.Select(member => new Predictions(member.Kind, new(
            member.Values.Values.ToArray().Select((value, row) => judged.Contains(row) ? value : float.NaN).ToArray(), 1)))];
        var ensemble = Fitted(new GreedyEnsemble(), partly, rows, folds, Mae);

        Assert.Equal(3, ensemble.FoldScores.Count);
        Assert.All(Enumerable.Range(0, 120), row => Assert.Equal(!judged.Contains(row), float.IsNaN(ensemble.OutOfFold[row, 0])));
    }

    [Fact]
    public void A_holdout_is_divided_in_five()
    {
        var (answers, members) = Members.OfTwoClasses(200, 0.9, 0.9);
        var ensemble = Fitted(new WeightedEnsemble(), members, Rows(answers), Folds.Holdout(0.5).Split(Rows(answers)), Auc);

        Assert.Equal(5, ensemble.FoldScores.Count);
    }

    [Fact]
    public void Logarithms_are_blended_where_logarithms_are_learned()
    {
        var answers = new TargetValues(Target.Number("y", Scale.Log), new(new float[] { 10, 10, 10, 10 }, 1));
        Predictions[] members = [new(OutputKind.Values, new(new float[] { 1, 1, 1, 1 }, 1)), new(OutputKind.Values, new(new float[] { 100, 100, 100, 100 }, 1))];
        var ensemble = Fitted(new MeanEnsemble(), members, Rows(answers), Folds.Shuffled(2).Split(Rows(answers)), RmseOfLogs);

        Assert.Equal(10, ensemble.Blend.Blend(members)[0, 0], 1e-4);
        Assert.Equal(0, ensemble.Score, 1e-6);
    }

    [Fact]
    public void More_threads_give_the_same_bytes()
    {
        var (answers, members) = Members.OfTwoClasses(300, 0.8, 1, 1.5);
        var folds = Folds.Stratified(5).Split(Rows(answers));
        var (one, two) = (Fitted(new GreedyEnsemble(), members, Rows(answers), folds, Auc, threads: 1), Fitted(new GreedyEnsemble(), members, Rows(answers), folds, Auc, threads: 3));

        Assert.Equal(one.OutOfFold.Values.Values.ToArray(), two.OutOfFold.Values.Values.ToArray());
        Assert.Equal(one.Gains, two.Gains);
    }

    [Fact]
    public void A_recipe_that_does_not_suit_is_one_sentence()
    {
        var (answers, members) = Members.OfNumbers(100, Scale.Same, 0.1, 0.2);

        Assert.Throws<InputException>(() => Fitted(new RankMean(), members, Rows(answers), Folds.Shuffled(4).Split(Rows(answers)), Rmse, threads: 2));
    }
}
