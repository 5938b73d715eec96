using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Tests.Core.Encoding;

public class GroupOutcomeTests
{
    // Ann, Bob and Cid travel together, Dora alone, Eve without a ticket.
    static readonly Dataset Train = new(
        [new CategoryColumn("Ticket", new[] { 0, 0, 0, 1, -1 }, ["PC 1", "PC 2", "PC 3"])],
        new(Target.Binary("Lived"), new(new float[] { 1, 0, 1, 1, 0 }, 1), ["0", "1"]));

    static float[] Outcomes(Dataset rows) => rows.Number("Ticket_outcome").ToArray();

    [Fact]
    public void A_training_row_sees_the_others_of_its_group_and_one_row_of_the_mean() =>
        Assert.Equal([(0 + 1 + 0.75f) / 3, (1 + 1 + 0.75f) / 3, (1 + 0 + 0.75f) / 3], Outcomes(new GroupOutcome("Ticket").Fit(Train, 1).Train)[..3]);

    [Fact]
    public void Who_is_alone_or_has_no_group_gets_the_mean_of_those_who_have_one() =>
        Assert.Equal([0.75f, 0.75f], Outcomes(new GroupOutcome("Ticket").Fit(Train, 1).Train)[3..]);

    [Fact]
    public void A_row_never_seen_is_told_of_all_training_rows_of_its_group()
    {
        var later = new Dataset([new CategoryColumn("Ticket", new[] { 0, 2, -1 }, ["PC 1", "PC 2", "PC 9"])]);

        Assert.Equal([(2 + 0.75f) / 4, 0.75f, 0.75f], Outcomes(new GroupOutcome("Ticket").Fit(Train, 1).Encoder.Transform(later)));
    }

    [Fact]
    public void The_group_itself_is_gone() => Assert.False(new GroupOutcome("Ticket").Fit(Train, 1).Train.Has("Ticket"));
}
