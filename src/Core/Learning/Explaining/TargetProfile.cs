using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How one target is distributed over the training rows.</summary>
/// <param name="Column">The target column.</param>
/// <param name="Classes">Shares by class, in the classes' order; empty for numbers.</param>
/// <param name="Histogram">Of numbers, on the table's own scale; null for classes.</param>
/// <param name="Learned">The same on the scale of learning; null when that is the same scale.</param>
/// <param name="Spread">Of numbers, on the table's own scale.</param>
public sealed record TargetProfile(
    string Column, IReadOnlyList<LevelProfile> Classes, Histogram? Histogram, Histogram? Learned, Spread? Spread)
{
    const int Bins = 30;

    /// <returns>One a target column.</returns>
    public static IReadOnlyList<TargetProfile> Of(TargetValues answers) =>
        [.. answers.Target.Columns.Select((name, k) => answers.Task switch
        {
            TaskKind.Regression or TaskKind.Quantile => OfNumbers(answers, name, k),
            TaskKind.Multilabel => OfClasses(answers, name, k, ["no", "yes"]),
            _ => OfClasses(answers, name, k, answers.Classes),
        })];

    static TargetProfile OfNumbers(TargetValues answers, string name, int column)
    {
        var values = answers.Truth.Column(column).ToArray().Select(x => (double)x).ToArray();
        var sorted = values.Order().ToArray();
        var mean = values.Average();
        return new(name, [], Binned.Of(values, Bins),
            answers.Scale == Scale.Same ? null : Binned.Of(answers.Learned.Column(column).ToArray().Select(x => (double)x), Bins),
            new(mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), sorted[0], Sampling.Quantile(sorted, 0.5), sorted[^1]));
    }

    static TargetProfile OfClasses(TargetValues answers, string name, int column, IReadOnlyList<string> classes)
    {
        var counts = new int[classes.Count];
        for (var i = 0; i < answers.Rows; i++) counts[(int)answers.Truth[i, column]]++;
        return new(name, [.. classes.Select((level, k) => new LevelProfile(level, (double)counts[k] / answers.Rows))], null, null, null);
    }
}
