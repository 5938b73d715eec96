using Kaggle.Baselines.Linear;
using Kaggle.Baselines.Neighbours;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Linear;

/// <summary>Each model against scikit-learn's on the same rows, without any scaling.</summary>
public class LinearTests
{
    static readonly DenseFeatures AsTheyAre = new() { Scaling = Scaling.None, LogOfSkewed = false };

    static readonly TargetValues Y = Number(PeerVectors.Y);

    static readonly TargetValues Yes = new(Target.Binary("b"), new(PeerVectors.Yes, 1), ["no", "yes"]);

    static readonly TargetValues Classes = new(Target.Classes("k"), new(PeerVectors.Classes, 1), ["a", "b", "c"]);

    static TargetValues Number(float[] values) => new(Target.Number("y"), new(values, 1));

    static Dataset Table(float[] x, TargetValues target, int columns = 4, float[]? weights = null)
    {
        var matrix = new Matrix(x, columns);
        return new(Enumerable.Range(0, columns).Select(j => new NumberColumn($"x{j}", matrix.Column(j))), target,
            weights is null ? null : (ReadOnlyMemory<float>?)weights);
    }

    static void Says(float[] expected, ILearner learner, Dataset train, float within = 1e-4f)
    {
        using var model = learner.Fit(train, null, new());
        var outputs = model.Predict(train).Values;
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], outputs.Values.Span[i], within);
    }

    [Fact]
    public void Ridge_with_a_given_penalty() => Says(PeerVectors.RidgeOf2, new Ridge { Alpha = 2, Features = AsTheyAre }, Table(PeerVectors.X, Y));

    [Fact]
    public void Ridge_of_weighted_rows() =>
        Says(PeerVectors.RidgeOf2Weighted, new Ridge { Alpha = 2, Features = AsTheyAre }, Table(PeerVectors.X, Y, weights: PeerVectors.RowWeights));

    [Fact]
    public void Ridge_chooses_its_penalty_by_rows_left_out() =>
        Says(PeerVectors.RidgeChosen, new Ridge { Features = AsTheyAre }, Table(PeerVectors.X, Y));

    [Fact]
    public void Ridge_of_more_features_than_rows() =>
        Says(PeerVectors.RidgeOfWideRows, new Ridge { Features = AsTheyAre }, Table(PeerVectors.WideX, Number(PeerVectors.WideY), columns: 9));

    [Fact]
    public void Ridge_learns_each_of_several_targets_as_if_alone()
    {
        var both = new TargetValues(Target.Numbers("y", "z"), new(PeerVectors.Y.Zip(PeerVectors.Z).SelectMany(p => new[] { p.First, p.Second }).ToArray(), 2));
        using var together = new Ridge { Features = AsTheyAre }.Fit(Table(PeerVectors.X, both), null, new());
        using var alone = new Ridge { Features = AsTheyAre }.Fit(Table(PeerVectors.X, Number(PeerVectors.Z)), null, new());

        var rows = Table(PeerVectors.X, Y);
        Assert.Equal(alone.Predict(rows).Values.Values.ToArray(), together.Predict(rows).Values.Column(1).ToArray());
    }

    [Fact]
    public void Lasso_with_a_given_penalty() =>
        Says(PeerVectors.LassoOfATenth, new Lasso { Alpha = 0.1, Features = AsTheyAre }, Table(PeerVectors.X, Y));

    [Fact]
    public void Elastic_net_with_a_given_penalty() =>
        Says(PeerVectors.ElasticNetOfAHalf, new ElasticNet { Alpha = 0.5, L1Share = 0.3, Features = AsTheyAre }, Table(PeerVectors.X, Y));

    [Fact]
    public void Lasso_leaves_noise_out()
    {
        var random = new Random(1);
        var x = Enumerable.Range(0, 200 * 10).Select(_ => random.NextSingle()).ToArray();
        var y = Enumerable.Range(0, 200).Select(i => 5 * x[i * 10] + 0.1f * random.NextSingle()).ToArray();

        using var model = new Lasso { Features = AsTheyAre }.Fit(Table(x, Number(y), columns: 10), null, new());

        Assert.InRange(model.Record.Importance["x0"], 4.8, 5);
        Assert.All(Enumerable.Range(1, 9), j => Assert.InRange(model.Record.Importance[$"x{j}"], 0, 0.05));
    }

    [Fact]
    public void Logistic_of_two_classes() =>
        Says(PeerVectors.LogisticOf1, new Logistic { C = 1, Features = AsTheyAre }, Table(PeerVectors.X, Yes));

    [Fact]
    public void Logistic_of_weighted_rows() =>
        Says(PeerVectors.LogisticOf1Weighted, new Logistic { C = 1, Features = AsTheyAre }, Table(PeerVectors.X, Yes, weights: PeerVectors.RowWeights));

    [Fact]
    public void Logistic_of_three_classes() =>
        Says(PeerVectors.SoftmaxOfAThird, new Logistic { C = 1.0 / 3, Features = AsTheyAre }, Table(PeerVectors.X, Classes), within: 2e-4f);

    [Fact]
    public void Logistic_does_not_depend_on_the_number_of_threads()
    {
        var random = new Random(2);
        var x = Enumerable.Range(0, 9000 * 2).Select(_ => random.NextSingle()).ToArray();
        var y = Enumerable.Range(0, 9000).Select(i => x[2 * i] > random.NextSingle() ? 1f : 0).ToArray();
        var table = Table(x, new(Target.Binary("b"), new(y, 1), ["no", "yes"]), columns: 2);

        using var one = new Logistic { C = 1 }.Fit(table, null, new() { Threads = 1 });
        using var two = new Logistic { C = 1 }.Fit(table, null, new() { Threads = 2 });

        Assert.Equal(one.Predict(table).Values.Values.ToArray(), two.Predict(table).Values.Values.ToArray());
    }

    [Fact]
    public void Five_nearest_rows() =>
        Says(PeerVectors.FiveNearest, new KNearest { Neighbours = 5, ByDistance = false, Relevance = 0, Features = AsTheyAre }, Table(PeerVectors.X, Y));

    [Fact]
    public void Quantiles_hold_their_share_of_the_rows()
    {
        var random = new Random(3);
        var x = Enumerable.Range(0, 3000).Select(_ => random.NextSingle()).ToArray();
        var y = x.Select(v => 2 * v + random.NextSingle()).ToArray();
        var table = Table(x, new(Target.Quantiles("y", 0.1, 0.5, 0.9), new(y, 1)), columns: 1);

        foreach (ILearner learner in new ILearner[] { new Ridge(), new Lasso(), new KNearest() })
        {
            using var model = learner.Fit(table.Take(..1500), null, new());
            var said = model.Predict(table.Take(1500..)).Values;
            for (var q = 0; q < 3; q++)
                Assert.InRange(Enumerable.Range(0, 1500).Count(i => y[1500 + i] <= said[i, q]) / 1500.0, 0.1 + 0.4 * q - 0.06, 0.1 + 0.4 * q + 0.06);
        }
    }
}
