using Kaggle.Core.Data;

namespace Kaggle.Baselines.Boosting;

/// <summary>What one booster learns: a task of several targets, labels or quantiles takes several boosters.</summary>
/// <param name="Objective">The loss.</param>
/// <param name="Target">The number of the target's column that it learns.</param>
/// <param name="Classes">How many outputs the booster has.</param>
sealed record BoosterTask(Objective Objective, int Target = 0, int Classes = 1)
{
    static readonly Objective Logistic = new("binary"), Softmax = new("multiclass");

    public static IReadOnlyList<BoosterTask> For(TargetValues answers, Objective? chosen) => answers.Target switch
    {
        BinaryTarget => [new(chosen ?? Logistic)],
        ClassTarget => [new(chosen ?? Softmax, Classes: Math.Max(2, answers.Classes.Length))],
        QuantileTarget quantiles => [.. quantiles.Levels.Select(level => new BoosterTask(Objective.Quantile(level)))],
        LabelsTarget => [.. Targets(answers, chosen ?? Logistic)],
        _ => [.. Targets(answers, chosen ?? Objective.Mse)],
    };

    public static OutputKind Kind(TaskKind task) =>
        task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;

    static IEnumerable<BoosterTask> Targets(TargetValues answers, Objective objective) =>
        Enumerable.Range(0, answers.Truth.Columns).Select(target => new BoosterTask(objective, target));

    public void Describe(BoosterParameters parameters)
    {
        parameters["objective"] = Objective.Name;
        if (Classes > 1) parameters["num_class"] = Classes;
        if (Objective is { Parameter: { } name, Value: { } value }) parameters[name] = value;
    }
}
