using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Learners;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Tests.Deep.Vision.Learners;

public class RidgeProbeTests
{
    static (Matrix Features, float[] Y) Rows(int rows, int columns, int seed = 3)
    {
        var random = new Random(seed);
        var x = new float[rows * columns];
        for (var i = 0; i < x.Length; i++) x[i] = (float)(random.NextDouble() * 4 - 2) * (1 + i % columns);
        float[] y = [.. Enumerable.Range(0, rows).Select(r => 3 + x[r * columns] - 0.5f * x[r * columns + 1] + (float)random.NextDouble())];
        return (new(x, columns), y);
    }

    [Theory]
    [InlineData(40, 6)]
    [InlineData(12, 30)]
    public void It_is_ridge_by_the_normal_equations(int rows, int columns)
    {
        var (features, y) = Rows(rows, columns);
        var probe = RidgeProbe.Fit(features, new(Target.Number("y"), new(y, 1)));

        var x = Matrix<double>.Build.Dense(rows, columns, (r, c) => (features[r, c] - probe.Mean[c]) / probe.Scale[c]);
        var aim = Vector<double>.Build.Dense(rows, r => y[r] - y.Average());
        var weights = (x.TransposeThisAndMultiply(x) + probe.Penalty * Matrix<double>.Build.DenseIdentity(columns)).Solve(x.TransposeThisAndMultiply(aim));

        Assert.All(Enumerable.Range(0, rows), r => Assert.Equal((x.Row(r) * weights) + y.Average(), probe.Predict(features)[r, 0], 1e-3));
    }

    [Fact]
    public void The_penalty_is_the_one_that_errs_least_on_rows_left_out()
    {
        var (features, y) = Rows(30, 8);
        var chosen = RidgeProbe.Fit(features, new(Target.Number("y"), new(y, 1))).Penalty;

        // Left out in earnest, the features' scale kept: the chosen penalty is at most a step from the best.
        var all = RidgeProbe.Fit(features, new(Target.Number("y"), new(y, 1)));
        double Error(double penalty) => Enumerable.Range(0, 30).Average(left =>
        {
            int[] kept = [.. Enumerable.Range(0, 30).Where(r => r != left)];
            var x = Matrix<double>.Build.Dense(29, 8, (r, c) => (features[kept[r], c] - all.Mean[c]) / all.Scale[c]);
            var (means, mean) = (x.ColumnSums() / 29, kept.Average(r => y[r]));
            var centred = Matrix<double>.Build.Dense(29, 8, (r, c) => x[r, c] - means[c]);
            var weights = (centred.TransposeThisAndMultiply(centred) + penalty * Matrix<double>.Build.DenseIdentity(8))
                .Solve(centred.TransposeThisAndMultiply(Vector<double>.Build.Dense(29, r => y[kept[r]] - mean)));
            var row = Vector<double>.Build.Dense(8, c => (features[left, c] - all.Mean[c]) / all.Scale[c] - means[c]);
            return Math.Pow(row * weights + mean - y[left], 2);
        });
        Assert.True(Error(chosen) <= Math.Min(Error(chosen * Math.Sqrt(10)), Error(chosen / Math.Sqrt(10))) * 1.02);
    }

    [Theory]
    [InlineData(12, 30)]
    [InlineData(40, 60)]
    public void A_feature_that_hardly_ever_varied_has_no_say_in_the_picture_where_it_does(int rows, int columns)
    {
        var (features, y) = Rows(rows, columns);
        var values = features.Values.ToArray();
        for (var r = 0; r < rows; r++) values[r * columns + 4] = 1e-5f * r;
        var probe = RidgeProbe.Fit(new(values, columns), new(Target.Number("y"), new(y, 1)));

        var (usual, odd) = (values[..columns], values[..columns]);
        odd[4] = 1;

        Assert.Equal(probe.Predict(new(usual, columns))[0, 0], probe.Predict(new(odd, columns))[0, 0], 0.05f);
    }

    [Fact]
    public void Of_one_row_or_of_equal_rows_the_answers_mean_is_all_that_can_be_said()
    {
        var one = RidgeProbe.Fit(new(new float[] { 1, 2, 3 }, 3), new(Target.Number("y"), new(new float[] { 7 }, 1)));
        var equal = RidgeProbe.Fit(new(new float[] { 1, 2, 1, 2, 1, 2 }, 2), new(Target.Number("y"), new(new float[] { 1, 2, 6 }, 1)));

        Assert.Equal(7, one.Predict(new(new float[] { 9, 9, 9 }, 3))[0, 0], 1e-3f);
        Assert.Equal(3, equal.Predict(new(new float[] { 9, 9 }, 2))[0, 0], 1e-3f);
    }

    [Fact]
    public void Parts_count_alike_however_many_features_they_have()
    {
        var (features, y) = Rows(20, 8);
        var probe = RidgeProbe.Fit(features, new(Target.Number("y"), new(y, 1)), 2, 6);

        var variances = Enumerable.Range(0, 8).Select(c => Enumerable.Range(0, 20).Average(r => Math.Pow((features[r, c] - probe.Mean[c]) / probe.Scale[c], 2))).ToArray();

        Assert.Equal([4, 4], new[] { variances[..2].Sum(), variances[2..].Sum() }.Select(v => Math.Round(v, 3)));
    }

    [Fact]
    public void Classes_get_chances_that_sum_to_one()
    {
        var (features, y) = Rows(60, 4);
        float[] codes = [.. y.Select(v => v < 2 ? 0f : v < 4 ? 1 : 2)];
        var said = RidgeProbe.Fit(features, new(Target.Classes("y"), new(codes, 1), ["a", "b", "c"])).Predict(features);

        Assert.Equal(OutputKind.Probabilities, said.Kind);
        Assert.All(Enumerable.Range(0, 60), r => Assert.Equal(1, said.Values.Row(r).ToArray().Sum(), 1e-5f));
        Assert.True(Enumerable.Range(0, 60).Count(r => said[r, (int)codes[r]] > 0.5f) > 40);
    }

    [Fact]
    public void Yes_or_no_gets_chances_that_are_as_often_right_as_they_say_on_rows_not_seen()
    {
        // Half of the answers follow from the features, the others from a coin: nobody can be sure, and nobody need be timid.
        var random = new Random(5);
        var x = new float[800 * 5];
        for (var i = 0; i < x.Length; i++) x[i] = (float)(random.NextDouble() * 2 - 1);
        float[] y = [.. Enumerable.Range(0, 800).Select(r => random.Next(2) == 0 ? random.Next(2) : x[r * 5] > 0 ? 1f : 0f)];
        var features = new Matrix(x, 5);
        var probe = RidgeProbe.Fit(features.Take([.. Enumerable.Range(0, 400)]), new(Target.Binary("y"), new(y[..400], 1)));

        var said = probe.Predict(features.Take([.. Enumerable.Range(400, 400)])).Values.Values.ToArray();

        var loss = said.Select((p, i) => -Math.Log(y[400 + i] == 1 ? p : 1 - p)).Average();
        var known = -(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25));             // of who knows how the answers came about
        Assert.All(said, p => Assert.InRange(p, 0f, 1f));
        Assert.InRange(loss, known - 0.06, known + 0.06);
    }

    [Fact]
    public void Yes_and_no_are_told_apart_as_two_classes_are()
    {
        var (features, y) = Rows(60, 4);
        float[] codes = [.. y.Select(v => v < 3 ? 0f : 1)];
        var two = RidgeProbe.Fit(features, new(Target.Classes("y"), new(codes, 1), ["no", "yes"])).Predict(features);
        var yes = RidgeProbe.Fit(features, new(Target.Binary("y"), new(codes, 1))).Predict(features);

        Assert.All(Enumerable.Range(0, 60), r => Assert.Equal(two[r, 1], yes[r, 0], 1e-4f));
    }
}
