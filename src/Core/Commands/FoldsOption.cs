using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>What <c>--folds</c> may say: a number, or a scheme: group:COLUMN, time:COLUMN, column:COLUMN, stratified, shuffled, holdout.</summary>
static class FoldsOption
{
    public static Competition Apply(Competition competition, string? text)
    {
        if (text is null) return competition;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return competition with { Folds = competition.Folds.WithCount(Require.AtLeast(2, count, "--folds")) };
        var classes = competition.Target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal;
        return text.Split(':', 2) switch
        {
            ["group", var column] => competition with
            {
                Folds = classes ? Folds.StratifiedGrouped() : Folds.Grouped(),
                Columns = competition.Columns with { Group = column },
            },
            ["time", var column] => competition with { Folds = Folds.TimeSeries(), Columns = competition.Columns with { Time = column } },
            ["column", var column] => competition with { Folds = Folds.Predefined(column) },
            ["stratified"] => competition with { Folds = Folds.Stratified() },
            ["shuffled"] => competition with { Folds = Folds.Shuffled() },
            ["holdout"] => competition with { Folds = Folds.Holdout() },
            _ => throw new InputException(
                $"--folds {text} is not known; write a number of folds, group:COLUMN, time:COLUMN, column:COLUMN, stratified, shuffled or holdout."),
        };
    }
}
