using System.Globalization;
using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Tests.Core.Data;

namespace Kaggle.Tests.Core.Commands;

public sealed class SubsetTests : IDisposable
{
    const int Rows = 200;

    readonly Files files = new();

    public void Dispose() => files.Dispose();

    /// <summary>Ids from 1000 on, a number that is the id's last three digits, every fifth row a yes.</summary>
    CompetitionData Data()
    {
        files.Write("train.csv", "Id,Number,Answer\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1000 + i},{i}.5,{(i % 5 == 0 ? 1 : 0)}\n"))));
        files.Write("test.csv", "Id,Number\n7,3.5\n8,4.5\n");
        return CompetitionData.Read(CompetitionFiles.Find("Titanic", new() { Data = files.Folder }), Target.Binary("Answer"), "Id");
    }

    [Fact]
    public void A_subset_is_a_stratified_share_of_the_rows_wherever_they_are_looked_up()
    {
        var whole = Data();
        var part = Subset.Of(whole, 0.25);

        Assert.Equal((50, 50, 50), (part.Train.Rows, part.TrainIds.Count, part.TrainTable.Rows));
        Assert.Equal(10, part.Train.Answers.Truth.Column(0).ToArray().Count(y => y == 1));
        Assert.False(part.Train.IsView);
        for (var row = 0; row < 50; row++)
        {
            var of = int.Parse(part.TrainIds[row], CultureInfo.InvariantCulture) - 1000;
            Assert.Equal((of + 0.5f, of % 5 == 0 ? 1f : 0), (part.Train.Number("Number").Span[row], part.Train.Answers.Truth[row, 0]));
            Assert.Equal(part.TrainIds[row], part.TrainTable["Id"].TextAt(row));
        }
        Assert.Equal(whole.Test.Rows, part.Test.Rows);
    }

    [Fact]
    public void The_same_share_is_the_same_rows_and_is_said_with_the_figures()
    {
        var whole = Data();

        Assert.Equal(Subset.Of(whole, 0.25).TrainIds, Subset.Of(whole, 0.25).TrainIds);
        Assert.NotEqual(Subset.Of(whole, 0.25).TrainIds, Subset.Of(whole, 0.5).TrainIds.Take(50));
        Assert.Contains("Only 50 of 200 training rows were used (--subset 0.25)", Subset.Of(whole, 0.25).Warnings.Single(w => w.Code == "subset").Sentence);
        Assert.Same(whole, Subset.Of(whole, null));
        Assert.Same(whole, Subset.Of(whole, 1));
    }
}
