using CsCheck;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Metrics;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Ensembling;

public class DecisionRulesTests
{
    static Dataset Rows(TargetValues answers, float[]? weights = null) => new([], answers, weights: weights is null ? null : (ReadOnlyMemory<float>?)weights);

    static Predictions Chances(params float[] values) => new(OutputKind.Probabilities, new(values, 1));

    static readonly Gen<(int[] Truth, float[] Chances, float[] Weights)> Drawn =
        from truth in Gen.Int[0, 1].Array[2, 30]
        where truth.Distinct().Count() == 2
        from chances in Gen.Int[0, 8].Array[truth.Length]
        from weights in Gen.Int[1, 4].Array[truth.Length]
        select (truth, Array.ConvertAll(chances, c => c / 8f), Array.ConvertAll(weights, w => (float)w));

    [Theory]
    [InlineData("f1"), InlineData("f2"), InlineData("mcc"), InlineData("accuracy"), InlineData("balanced-accuracy"), InlineData("f1-macro"), InlineData("kappa")]
    public void No_threshold_scores_better_than_the_one_found(string name) => Drawn.Sample(drawn =>
    {
        var (metric, rows, predicted) = (ByName(name), Rows(Some.Classes(drawn.Truth), drawn.Weights), Chances(drawn.Chances));
        var found = new Scoring(metric, new BestThreshold().Fit(predicted, rows, metric)).Score(predicted, rows);
        return Enumerable.Range(-1, 11).All(i => new Scoring(metric, new Threshold((i + 0.5) / 8)).Score(predicted, rows) <= found + 1e-9);
    }, iter: 200);

    [Fact]
    public void Of_equally_good_thresholds_the_one_nearest_to_one_half_is_taken() =>
        Assert.Equal(new Threshold(0.5), new BestThreshold().Fit(Chances(0.25f, 0.75f), Rows(Some.Classes(0, 1)), F1));

    [Fact]
    public void Labels_get_a_threshold_each()
    {
        var truth = Enumerable.Range(0, 60).SelectMany(row => new[] { row % 3 == 0 ? 1f : 0, row % 2 }).ToArray();
        var chances = truth.Select((t, i) => i % 2 == 0 ? 0.1f + 0.1f * t : 0.7f + 0.1f * t).ToArray();
        var rows = Rows(new(Target.Labels("a", "b"), new(truth, 2)));
        var predicted = new Predictions(OutputKind.Probabilities, new(chances, 2));

        Assert.Equal(1, new Scoring(F1Macro, new BestThreshold().Fit(predicted, rows, F1Macro)).Score(predicted, rows));
    }

    [Fact]
    public void Class_weights_raise_the_recall_of_a_rare_class()
    {
        var (answers, members) = Members.OfThreeClasses(600, 1);
        // The third class's chances are a third of what they should be.
        var shrunk = members[0].Values.Values.ToArray().Select((chance, i) => i % 3 == 2 ? chance / 3 : chance).ToArray();
        var predicted = new Predictions(OutputKind.Probabilities, new(shrunk, 3));
        var plain = Scoring.Plain(BalancedAccuracy, answers).Score(predicted, answers);
        var decision = new BestClassWeights().Fit(predicted, Rows(answers), BalancedAccuracy);

        Assert.True(new Scoring(BalancedAccuracy, decision).Score(predicted, answers) > plain + 0.03);
        Assert.Equal(1, decision.Numbers[2]);
    }

    [Fact]
    public void Cuts_find_grades_that_are_squeezed_together()
    {
        var random = new Random(4);
        var truth = Enumerable.Range(0, 500).Select(_ => random.Next(5)).ToArray();
        var answers = new TargetValues(Target.Ordinal("y"), new(Array.ConvertAll(truth, t => (float)t), 1), ["a", "b", "c", "d", "e"]);
        var squeezed = new Predictions(OutputKind.Values, new(Array.ConvertAll(truth, t => (float)(1.5 + 0.2 * t + 0.05 * random.NextDouble())), 1));
        var decision = new BestCuts().Fit(squeezed, Rows(answers), QuadraticWeightedKappa);

        Assert.Equal(1, new Scoring(QuadraticWeightedKappa, decision).Score(squeezed, answers), 1e-9);
        Assert.Equal(decision.Numbers.Order(), decision.Numbers);
    }

    [Fact]
    public void Temperature_cools_what_is_too_sure()
    {
        var (answers, members) = Members.OfThreeClasses(400, 2.5);
        var decision = new BestTemperature().Fit(members[0], Rows(answers), LogLoss);

        Assert.True(decision.Numbers[0] > 1.2);
        Assert.True(new Scoring(LogLoss, decision).Score(members[0], answers) < LogLoss.Score(answers.Truth, members[0].Values));
    }

    [Theory]
    [InlineData("accuracy", TaskKind.Binary, typeof(UnfittedDecision)), InlineData("f1", TaskKind.Binary, typeof(BestThreshold))]
    [InlineData("f1-macro", TaskKind.Multiclass, typeof(UnfittedDecision)), InlineData("qwk", TaskKind.Ordinal, typeof(BestCuts))]
    [InlineData("auc", TaskKind.Binary, typeof(UnfittedDecision)), InlineData("rmse", TaskKind.Regression, typeof(UnfittedDecision))]
    public void Defaults_are_those_of_the_field(string metric, TaskKind task, Type rule) => Assert.IsType(rule, DecisionRules.Default(ByName(metric), task));
}
