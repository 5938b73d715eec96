using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Commands;

/// <summary>What the columns of predictions are called.</summary>
static class OutputColumns
{
    public static IReadOnlyList<string> Of(TargetValues answers) => answers.Target switch
    {
        ClassTarget => answers.Classes,
        QuantileTarget quantiles => [.. quantiles.Levels.Select(q => $"{quantiles.Column}_{q.ToString(CultureInfo.InvariantCulture)}")],
        var target => target.Columns,
    };

    /// <returns>The value columns of a submission for which there is no sample.</returns>
    public static IReadOnlyList<string> Submitted(TargetValues answers, Need need) =>
        need == Need.Labels && answers.Task != TaskKind.Multilabel ? answers.Target.Columns : Of(answers);
}
