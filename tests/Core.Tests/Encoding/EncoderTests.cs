using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Tests.Core.Encoding;

/// <summary>Each encoder against scikit-learn's values on the same column.</summary>
public class EncoderTests
{
    static readonly Dataset Numbers = new([new NumberColumn("x", PeerVectors.Column)]);

    static readonly Dataset Later = new([new NumberColumn("x", PeerVectors.Later)]);

    static readonly Dataset Seen = Letters(PeerVectors.Seen, null);

    static readonly TargetValues Survived = new(Target.Binary("Survived"), new(PeerVectors.Answers, 1), ["no", "yes"]);

    static readonly TargetValues Price = new(Target.Number("Price"), new(PeerVectors.Prices, 1));

    static Dataset Letters(string letters, TargetValues? target)
    {
        ImmutableArray<string> levels = [.. letters.Distinct().Select(c => c.ToString())];       // not in order, as a file has them
        return new([new CategoryColumn("c", letters.Select(c => c == '?' ? -1 : levels.IndexOf(c.ToString())).ToArray(), levels)], target);
    }

    static void Near(float[] expected, ReadOnlyMemory<float> found, float within = 1e-5f)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found.Span[i], within);
    }

    [Fact]
    public void Fills_with_the_median_and_says_where()
    {
        var filled = new FillMissing().Fit(Numbers, 0).Train;

        Near(PeerVectors.FilledByMedian, filled.Number("x"));
        Near(PeerVectors.Indicator, filled.Number("x_missing"));
    }

    [Fact]
    public void Fills_with_the_mean() =>
        Near(PeerVectors.FilledByMean, new FillMissing { With = FillValue.Mean }.Fit(Numbers, 0).Train.Number("x"));

    [Fact]
    public void Standardises_as_the_peer() =>
        Near(PeerVectors.Standardised, new Standardise().Fit(Numbers, 0).Encoder.Transform(Later).Number("x"));

    [Fact]
    public void Scales_robustly_as_the_peer() =>
        Near(PeerVectors.RobustlyScaled, new RobustScale().Fit(Numbers, 0).Encoder.Transform(Later).Number("x"));

    [Theory, InlineData(10), InlineData(5)]
    public void Makes_normal_as_the_peer(int quantiles) =>
        Near(quantiles == 10 ? PeerVectors.NormalOf10Quantiles : PeerVectors.NormalOf5Quantiles,
            new QuantileNormal { Quantiles = quantiles }.Fit(Numbers, 0).Encoder.Transform(Later).Number("x"), within: 1e-4f);

    [Fact]
    public void One_hot_groups_the_rare_as_the_peer()
    {
        var fitted = new OneHot { MinCount = 3 }.Fit(Letters(PeerVectors.Categories, null), 0).Encoder;

        var found = FeatureMatrix.Of(fitted.Transform(Seen.Take(..5)));

        Assert.Equal(["c=a", "c=b", "c=c", "c=(rare)"], found.Features);
        Near(PeerVectors.OneHotFrom3, found.Values.Values);
    }

    [Fact]
    public void One_hot_of_an_unseen_level_is_all_zeros() =>
        Assert.Equal([0, 0, 0, 0, 0], FeatureMatrix.Of(new OneHot().Fit(Letters(PeerVectors.Categories, null), 0).Encoder.Transform(Seen.Take(5..6))).Values.Row(0).ToArray());

    [Fact]
    public void One_hot_keeps_the_commonest_levels()
    {
        var fitted = (FittedOneHot)new OneHot { MaxLevels = 3 }.Fit(Letters(PeerVectors.Categories, null), 0).Encoder;

        Assert.Equal(["a", "b"], fitted.Columns[0].Common);
        Assert.Equal(["c", "d", "e"], fitted.Columns[0].Rare);
    }

    [Fact]
    public void Counts_through_the_levels_as_the_peer() =>
        Near(PeerVectors.Ordinal, new OrdinalCodes { Unseen = -1 }.Fit(Letters(PeerVectors.Categories, null), 0).Encoder.Transform(Seen).Number("c"));

    [Fact]
    public void Counts_in_the_order_given()
    {
        var quality = new OrdinalCodes { Order = ["c", "b", "a"] }.Fit(Letters("abc?d", null), 0).Train.Number("c").ToArray();

        Assert.Equal([2, 1, 0, float.NaN, float.NaN], quality);
    }

    [Fact]
    public void Frequency_is_the_share_of_training_rows() =>
        Near([0.4f, 0.2f, 0f, 0.4f], new Frequency().Fit(Letters("aab??", null), 0).Encoder.Transform(Letters("abc?", null)).Number("c"));

    [Theory, InlineData(true, 2.0), InlineData(true, null), InlineData(false, 2.0), InlineData(false, null)]
    public void Target_means_of_later_rows_are_the_formula(bool classes, double? smoothing)
    {
        var train = Letters(PeerVectors.Categories, classes ? Survived : Price);

        var found = new TargetMean { Smoothing = smoothing }.Fit(train, 0).Encoder.Transform(Seen).Number("c");

        Near((classes, smoothing) switch
        {
            (true, 2.0) => PeerVectors.TargetMeanOf2,
            (true, null) => PeerVectors.TargetMeanAuto,
            (false, 2.0) => PeerVectors.PriceMeanOf2,
            _ => PeerVectors.PriceMeanAuto,
        }, found);
    }

    [Fact]
    public void A_training_row_of_its_own_level_gets_the_others_mean()
    {
        var encoded = new TargetMean { Smoothing = 0, Folds = 5 }.Fit(Letters("abcde", new(Target.Number("y"), new(new float[] { 1, 2, 3, 4, 5 }, 1))), 0);

        Assert.Equal([3.5f, 3.25f, 3f, 2.75f, 2.5f], encoded.Train.Number("c").ToArray());
    }

    [Fact]
    public void Target_means_of_several_classes_make_one_column_each()
    {
        var answers = new TargetValues(Target.Classes("k"), new(new float[] { 0, 1, 2, 0, 1, 2 }, 1), ["x", "y", "z"]);

        var means = new TargetMean { Smoothing = 0 }.Fit(Letters("aabbbb", answers), 0).Encoder.Transform(Letters("ab", null));

        Assert.Equal(["c_mean_x", "c_mean_y", "c_mean_z"], means.Columns.Select(c => c.Name));
        Assert.Equal([0.5f, 0.25f], means.Number("c_mean_x").ToArray());
        Assert.Equal([0f, 0.5f], means.Number("c_mean_z").ToArray());
    }

    [Fact]
    public void Rare_and_unseen_levels_become_one()
    {
        var thinned = (CategoryColumn)new RareLevels { MinCount = 2 }.Fit(Letters("aabbc?", null), 0).Encoder.Transform(Letters("abcz?", null))["c"];

        Assert.Equal(["a", "b", "(rare)"], thinned.Levels);
        Assert.Equal([0, 1, 2, 2, -1], thinned.Codes.ToArray());
    }

    [Fact]
    public void Dates_come_apart()
    {
        long[] days = [new DateTime(2024, 2, 29).Ticks, new DateTime(2024, 3, 4, 6, 0, 0).Ticks, DateColumn.Missing];

        var parts = new DateParts().Fit(new([new DateColumn("Sold", days)]), 0).Train;

        Assert.Equal([2, 3, float.NaN], parts.Number("Sold_month").ToArray());
        Assert.Equal([3, 0, float.NaN], parts.Number("Sold_weekday").ToArray());
        Assert.Equal([0, 4.25f, float.NaN], parts.Number("Sold_days").ToArray());
        Assert.Equal([0, 1, float.NaN], parts.Number("Sold_hoursin").ToArray());
        Assert.Equal([1, 0, float.NaN], parts.Number("Sold_monthend").ToArray());
        Assert.False(parts.Has("Sold_year"));
    }

    [Fact]
    public void Only_long_tails_become_logarithms()
    {
        Dataset table = new([new NumberColumn("even", new float[] { 1, 2, 3, 4 }), new NumberColumn("tail", new float[] { 0, 1, 1, 99 }), new NumberColumn("below", new float[] { -1, 1, 1, 99 })]);

        var encoded = (FittedLogOfSkewed)new LogOfSkewed().Fit(table, 0).Encoder;

        Assert.Equal(["tail"], encoded.Columns);
        Assert.Equal(MathF.Log(100), encoded.Transform(table).Number("tail").Span[3], 1e-5f);
    }

    [Fact]
    public void A_dense_block_has_every_value()
    {
        Dataset table = new(
        [
            new NumberColumn("x", PeerVectors.Column), Letters(PeerVectors.Categories, null).Columns[0],
            new TextColumn("t", new string?[20]), new DateColumn("d", Enumerable.Range(0, 20).Select(i => i == 3 ? DateColumn.Missing : new DateTime(2024, 1, 1 + i).Ticks).ToArray()),
        ], Survived);

        var (fitted, train) = new DenseFeatures { Scaling = Scaling.Robust, MaxLevels = 4 }.Fit(table, 1);

        Assert.Contains("x_missing", train.Features);
        Assert.Contains("c_frequency", train.Features);
        Assert.All(train.Values.Values.ToArray(), x => Assert.True(float.IsFinite(x)));
        Assert.Equal(train.Features.Length, fitted.Transform(table).Columns);
    }

    [Fact]
    public void Another_kind_of_column_is_refused_with_a_sentence()
    {
        var fitted = new Standardise().Fit(Numbers, 0).Encoder;

        var error = Assert.Throws<InputException>(() => fitted.Transform(new([Letters("ab", null).Columns[0], new CategoryColumn("x", new int[2], ["1"])])));

        Assert.Contains("'x' holds categories, and numbers are needed", error.Message);
    }

    [Fact]
    public void Recipes_with_equal_settings_are_equal()
    {
        Assert.Equal(new Pipeline([new OneHot { Columns = ["a", "b"] }]), new Pipeline([new OneHot { Columns = ["a", "b"] }]));
        Assert.NotEqual(new OneHot { Columns = ["a", "b"] }, new OneHot { Columns = ["b", "a"] });
    }
}
