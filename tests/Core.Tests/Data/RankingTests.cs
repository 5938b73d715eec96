using CsCheck;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Data;

public class RankingTests
{
    [Fact]
    public void Order_is_that_of_a_stable_sort() => Gen.OneOf(Gen.Float[-2, 2], Gen.Int[-3, 3].Select(i => (float)i)).Array[0, 300].Sample(values =>
        Ranking.Order(values).SequenceEqual(Enumerable.Range(0, values.Length).OrderBy(i => values[i] + 0f)));

    [Fact]
    public void Equal_values_share_the_mean_of_their_ranks() =>
        Assert.Equal([3.5, 1, 3.5, 2, 5], Ranking.Mean([2, float.NegativeInfinity, 2, 0, float.PositiveInfinity]));

    [Fact]
    public void Minus_zero_equals_zero() => Assert.Equal([1.5, 1.5], Ranking.Mean([0f, -0f]));

    [Fact]
    public void Missing_values_come_last() => Assert.Equal([1, 2, 0], Ranking.Order([float.NaN, -1, 5]));
}
