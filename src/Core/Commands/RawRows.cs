using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>The files' own columns as datasets, before any feature: what a person knows.</summary>
static class RawRows
{
    /// <returns>Without id and target; the training rows with their answers, weights, groups and time.</returns>
    public static (Dataset Train, Dataset Test) Of(Session session)
    {
        var data = session.Data;
        string[] apart = [.. session.Competition.Target.Columns, data.IdColumn];
        var (train, test) = (data.Train, data.Test);
        var kinds = data.Files.Kinds.SetItems(session.Competition.Columns.Kinds);
        var pictures = new PicturePlace(data.Files.Folder, data.Files.Digest);
        return (
            new(data.TrainTable.Without(apart).ToColumns(kinds, pictures), train.Answers, train.Weights, train.Groups, train.Time, train.Rows),
            new(data.TestTable.Without(apart).ToColumns(kinds, pictures), null, null, test.Groups, test.Time, test.Rows));
    }
}
