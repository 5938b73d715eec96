using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Validation;

public class LeakGuardTests
{
    const int Rows = 400;

    static readonly Random Random = new(11);
    static readonly float[] Noise = Drawn(Rows), More = Drawn(Rows);
    static readonly int[] Coin = [.. Enumerable.Range(0, Rows).Select(_ => new Random(Random.Next()).Next(2))];

    static float[] Drawn(int rows) => [.. Enumerable.Range(0, rows).Select(_ => Random.NextSingle())];

    static Column Numbers(string name, IEnumerable<float> values) => new NumberColumn(name, values.ToArray());

    static Dataset Train(params Column[] columns) => new([Numbers("noise", Noise), Numbers("more", More), .. columns], Some.Classes(Coin));

    static string[] Codes(IEnumerable<Warning> warnings) => [.. warnings.Select(warning => warning.Code)];

    static string Sentence(IEnumerable<Warning> warnings, string code) => Assert.Single(warnings, warning => warning.Code == code).Sentence;

    [Fact]
    public void An_honest_table_is_quiet()
    {
        var train = Train();
        var test = new Dataset([Numbers("noise", Drawn(300)), Numbers("more", Drawn(300))]);

        Assert.Empty(LeakGuard.Check(train, test, Folds.Stratified(5).Split(train), [.. Enumerable.Range(1, Rows).Select(i => $"{i}")]));
    }

    [Fact]
    public void Repeated_rows_are_counted_with_those_that_cross_folds_and_disagree()
    {
        var source = Train();
        int[] rows = [.. Enumerable.Range(0, Rows), .. Enumerable.Range(0, 40)];
        var truth = source.Answers.Truth.Take(rows).Values.ToArray();
        for (var row = Rows; row < Rows + 10; row++) truth[row] = 1 - truth[row];
        var train = new Dataset(source.Columns.Select(column => column.Take(rows)), new(Target.Binary("y"), new(truth, 1), ["no", "yes"]));
        var folds = Folds.KFold(5).Split(train);
        var found = Sentence(LeakGuard.Check(train, folds: folds), "duplicate-rows");

        Assert.Contains("40 of 440 training rows", found);
        Assert.Contains("10 of them have another answer", found);
        Assert.Contains("40 are judged by a model that learned from their twin", found);
    }

    [Fact]
    public void Test_rows_that_are_training_rows_are_counted()
    {
        var train = Train();
        var test = new Dataset(train.Columns.Select(column => column.Take(Enumerable.Range(0, 25).ToArray())));

        Assert.Contains("25 of 25 test rows", Sentence(LeakGuard.Check(train, test), "duplicate-rows-in-test"));
    }

    [Fact]
    public void A_column_made_from_the_answer_is_a_danger()
    {
        var warning = Assert.Single(LeakGuard.Check(Train(Numbers("paid", Coin.Select((t, i) => t * 100 + Noise[i])))), w => w.Code == "lone-feature");

        Assert.Equal("danger", warning.Severity);
        Assert.Contains("'paid' alone tells the target (AUC 0.99", warning.Sentence);
    }

    [Fact]
    public void A_category_or_a_gap_that_tells_the_answer_is_found()
    {
        var level = new CategoryColumn("boat", Array.ConvertAll(Coin, t => t), ["none", "some"]);
        var gap = Numbers("body", Coin.Select((t, i) => t == 1 ? float.NaN : Noise[i]));

        Assert.Equal(2, Codes(LeakGuard.Check(Train(level, gap))).Count(code => code == "lone-feature"));
    }

    [Fact]
    public void A_category_of_as_many_levels_as_rows_tells_nothing() =>
        Assert.DoesNotContain("lone-feature", Codes(LeakGuard.Check(Train(
            new CategoryColumn("name", Enumerable.Range(0, Rows).ToArray(), [.. Enumerable.Range(0, Rows).Select(i => $"n{i}")])))));

    [Fact]
    public void A_number_that_gives_away_a_number_is_found()
    {
        var train = new Dataset([Numbers("tax", Noise.Select((x, i) => 3 * x + 0.02f * More[i]))], Some.Numbers([.. Noise.Select(x => x * 100)]));

        Assert.Contains("R²", Sentence(LeakGuard.Check(train), "lone-feature"));
    }

    [Fact]
    public void A_file_sorted_by_its_answer_is_found()
    {
        var train = new Dataset([Numbers("noise", Noise)], Some.Classes([.. Coin.Order()]));

        Assert.Contains("AUC", Sentence(LeakGuard.Check(train), "row-order"));
    }

    [Fact]
    public void Ids_given_in_the_answer_s_order_are_found()
    {
        var train = Train();
        string[] ids = [.. Coin.Select((t, i) => $"{t * 5000 + i * 7 % 1000}")];

        Assert.Contains("The id tells the answer", Sentence(LeakGuard.Check(train, ids: ids), "id-predicts"));
    }

    [Fact]
    public void Groups_that_cross_folds_are_counted()
    {
        var train = new Dataset([Numbers("noise", Noise)], Some.Classes(Coin), groups: Enumerable.Range(0, Rows).Select(row => row / 4).ToArray());

        Assert.Contains("of 100 groups", Sentence(LeakGuard.Check(train, folds: Folds.Shuffled(5).Split(train)), "groups-cross-folds"));
        Assert.DoesNotContain("groups-cross-folds", Codes(LeakGuard.Check(train, folds: Folds.Grouped(5).Split(train))));
    }

    [Fact]
    public void Folds_that_look_ahead_are_counted()
    {
        var train = new Dataset([Numbers("noise", Noise)], Some.Classes(Coin), time: Enumerable.Range(0, Rows).Select(row => (long)row).ToArray());

        Assert.Contains("5 of 5 folds", Sentence(LeakGuard.Check(train, folds: Folds.Shuffled(5).Split(train)), "folds-look-ahead"));
        Assert.DoesNotContain("folds-look-ahead", Codes(LeakGuard.Check(train, folds: Folds.TimeSeries(5).Split(train))));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.5, true)]
    public void Folds_may_look_ahead_where_the_test_rows_lie_among_the_training_rows(double later, bool warned)
    {
        Dataset At(double shift, TargetValues? answers) =>
            new([Numbers("noise", Noise)], answers, time: Enumerable.Range(0, Rows).Select(row => (long)(row + shift * Rows)).ToArray());
        var train = At(0, Some.Classes(Coin));
        Assert.Equal(warned, Codes(LeakGuard.Check(train, At(later, null), Folds.Shuffled(5).Split(train))).Contains("folds-look-ahead"));
    }

    [Fact]
    public void A_class_that_folds_lack_is_named_with_its_rows()
    {
        var train = new Dataset([Numbers("noise", Noise)], Some.Classes([.. Coin.Select((t, i) => i == 7 ? 2 : t)]));
        var found = LeakGuard.Check(train, folds: Folds.Stratified(5).Split(train));

        Assert.Contains("'class 2' (1 rows; 1 folds cannot learn it, 4 do not judge it)", Sentence(found, "fold-lacks-class"));
        Assert.Contains("1 of 400 rows", Sentence(found, "rare-class"));
    }

    [Fact]
    public void Levels_seen_only_in_test_are_counted()
    {
        var train = Train(new CategoryColumn("port", Array.ConvertAll(Coin, t => t), ["C", "S", "Q", "X"]));
        var test = new Dataset([new CategoryColumn("port", new[] { 0, 1, 2, 2, 3, -1, 0, 1, 0, 1 }, ["C", "S", "Q", "X"])]);

        Assert.Contains("'port' 2 (30 % of test rows)", Sentence(LeakGuard.Check(train, test), "unseen-levels"));
    }

    [Fact]
    public void Shifted_columns_are_named_with_their_distance()
    {
        var train = Train(new CategoryColumn("shop", Array.ConvertAll(Coin, t => t), ["a", "b"]));
        var test = new Dataset([Numbers("noise", Drawn(300).Select(x => x + 0.5f)), Numbers("more", Drawn(300)), new CategoryColumn("shop", new int[300], ["a", "b"])]);
        var found = Sentence(LeakGuard.Check(train, test), "shifted-columns");

        Assert.Contains("2 columns", found);
        Assert.Contains("'noise' 0.5", found);
        Assert.Contains("'shop' 0.", found);
    }

    [Fact]
    public void A_constant_target_is_a_danger() =>
        Assert.Equal("danger", Assert.Single(LeakGuard.Check(new([Numbers("noise", Noise)], Some.Numbers(new float[Rows])))).Severity);

    [Fact]
    public void A_skewed_target_is_offered_a_scale()
    {
        var skewed = new Dataset([Numbers("noise", Noise)], Some.Numbers([.. More.Select(x => MathF.Exp(5 * x * x))]));

        Assert.Contains("Scale.Log ", Sentence(LeakGuard.Check(skewed), "skewed-target"));
    }

    [Fact]
    public void A_target_that_is_mostly_zero_is_told() =>
        Assert.Contains("380 of 400", Sentence(LeakGuard.Check(new([Numbers("noise", Noise)], Some.Numbers([.. Noise.Select((x, i) => i % 20 == 0 ? 1 + x : 0)]))), "almost-constant-target"));

    [Fact]
    public void The_gravest_comes_first()
    {
        var train = Train(Numbers("paid", Coin.Select(t => (float)t)));
        var found = LeakGuard.Check(train, new Dataset(train.Columns.Select(column => column.Take([1, 2]))));

        Assert.Equal(["danger", "warning"], found.Select(warning => warning.Severity).Distinct().Take(2));
    }
}
