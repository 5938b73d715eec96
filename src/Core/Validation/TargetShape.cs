using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>A target that is constant, has a rare class, or is skewed.</summary>
static class TargetShape
{
    public static IEnumerable<Warning> Find(TargetValues answers)
    {
        for (var column = 0; column < answers.Truth.Columns; column++)
        {
            var name = answers.Target.Columns[Math.Min(column, answers.Target.Columns.Length - 1)];
            var values = answers.Truth.Column(column).ToArray();
            if (values.All(value => value == values[0]))
                yield return new("danger", "constant-target", $"All {values.Length} rows of '{name}' have the same answer: there is nothing to learn.");
            else if (answers.Task is TaskKind.Regression or TaskKind.Quantile)
            {
                if (OfNumbers(name, values, answers.Scale) is { } warning) yield return warning;
            }
            else if (OfClasses(name, values, answers) is { } warning) yield return warning;
        }
    }

    static Warning? OfClasses(string name, float[] values, TargetValues answers)
    {
        var rarest = values.CountBy(value => (int)value).MinBy(count => count.Value);
        var share = (double)rarest.Value / values.Length;
        if (share >= 0.01 && rarest.Value >= 10) return null;
        var called = answers.Task != TaskKind.Multilabel && rarest.Key < answers.Classes.Length ? answers.Classes[rarest.Key] : $"{rarest.Key}";
        return new("warning", "rare-class", FormattableString.Invariant(
            $"'{called}' is the answer of {rarest.Value} of {values.Length} rows of '{name}' ({share * 100:0.##} %): scores of it waver; repeat the folds and prefer a metric that does not ask for it alone."));
    }

    static Warning? OfNumbers(string name, float[] values, Scale scale)
    {
        var common = values.CountBy(value => value).MaxBy(count => count.Value);
        if (common.Value > 0.9 * values.Length)
            return new("warning", "almost-constant-target", FormattableString.Invariant(
                $"{common.Value} of {values.Length} rows of '{name}' ({100.0 * common.Value / values.Length:0.#} %) are {common.Key}: ask first whether it is that, then how much."));
        var mean = values.Average(value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2)));
        var skewness = values.Average(value => Math.Pow((value - mean) / deviation, 3));
        if (skewness < 1.5 || values.Min() < 0 || scale != Scale.Same) return null;
        var (least, offer) = (values.Min(), values.Min() > 0 ? "Log" : "LogOfOnePlus");
        return new("note", "skewed-target", FormattableString.Invariant(
            $"'{name}' is skewed to the right (skewness {skewness:0.0}, from {least} to {values.Max()}): learnedAs: Scale.{offer} often helps, above all where errors count as shares."));
    }
}
