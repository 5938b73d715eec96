using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>How much each class must count for all to count alike.</summary>
static class ClassBalance
{
    /// <returns>rows / (classes · rows of the class): 1 where classes are equally frequent, scikit-learn's "balanced". Of a class without rows 1.</returns>
    public static NumberList Of(TargetValues answers)
    {
        var rows = new int[Math.Max(2, answers.Outputs)];
        foreach (var code in answers.Learned.Values.Span) rows[(int)code]++;
        return [.. rows.Select(n => n == 0 ? 1 : answers.Rows / (rows.Length * (double)n))];
    }

    /// <returns>For each label how many rows lack it for one that has it; of a label that all or none have 1.</returns>
    public static NumberList OfLabels(TargetValues answers) =>
        [.. Enumerable.Range(0, answers.Outputs).Select(label => answers.Learned.Column(label).ToArray().Count(x => x > 0.5f)).Select(has => has == 0 || has == answers.Rows ? 1 : (answers.Rows - has) / (double)has)];

    /// <exception cref="InputException">There are not as many weights as classes.</exception>
    public static void Check(NumberList weights, TargetValues answers, string loss)
    {
        var classes = Math.Max(2, answers.Outputs);
        if (weights.Count > 0 && weights.Count != classes)
            throw new InputException($"{loss}.ClassWeights holds {weights.Count} numbers, and {string.Join(", ", answers.Target.Columns)} has {classes} classes: one for each, in their order ({string.Join(", ", answers.Classes)}).");
    }
}
