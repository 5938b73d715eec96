using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>A share of the training rows for quick trials: folds, learners and the guard see no others.</summary>
static class Subset
{
    /// <param name="data">All of it.</param>
    /// <param name="share">Above 0, to 1; null: all.</param>
    /// <returns>The rows of a stratified draw, the same in every run of that share, whatever its seed, so that runs can be compared.</returns>
    public static CompetitionData Of(CompetitionData data, double? share)
    {
        if (share is null or 1.0) return data;
        int[] rows = [.. new HoldoutFolds { Share = share.Value }.Split(data.Train)[0].Validation];
        // Columns of their own: of a view's source all pictures would be decoded.
        return data with
        {
            Train = data.Train.Take(rows).WithTarget(data.Train.Answers.Take(rows)),
            TrainIds = [.. rows.Select(row => data.TrainIds[row])],
            TrainTable = data.TrainTable.Take(rows),
            Warnings =
            [
                .. data.Warnings,
                new("note", "subset", string.Create(CultureInfo.InvariantCulture,
                    $"Only {rows.Length} of {data.Train.Rows} training rows were used (--subset {share.Value}): a trial, whose scores are those of as few rows.")),
            ],
        };
    }
}
