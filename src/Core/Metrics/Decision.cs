using System.Collections.Immutable;
using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

/// <summary>What turns predictions into what a metric and a submission want: labels of probabilities, grades of numbers. Fitted or plain, it no longer changes.</summary>
public abstract class Decision : IEquatable<Decision>
{
    /// <returns>
    /// (rows, 1) codes of classes or grades, (rows, labels) of 0 and 1, or the predictions' own numbers, changed or not.
    /// </returns>
    public abstract Matrix Apply(Predictions predicted);

    /// <summary>A few words for reports: "threshold 0.42".</summary>
    public abstract string Describe();

    /// <summary>Which decision it is; with its <see cref="Numbers"/> all that <see cref="Of"/> needs.</summary>
    public abstract string Kind { get; }

    /// <summary>The numbers that make it: thresholds, cuts, class weights; empty where there are none.</summary>
    public virtual ImmutableArray<double> Numbers => [];

    /// <returns>The decision that a run folder tells of.</returns>
    public static Decision Of(string kind, IEnumerable<double> numbers) => kind switch
    {
        Unchanged.Name => new Unchanged(),
        Raised.Name => new Raised((float)numbers.Single()),
        Threshold.Name => new Threshold([.. numbers]),
        MostLikely.Name => new MostLikely([.. numbers]),
        Rounded.Name => new Rounded([.. numbers]),
        Cooled.Name => new Cooled(numbers.Single()),
        _ => throw new InputException($"There is no decision '{kind}'."),
    };

    public bool Equals(Decision? other) => other is not null && Kind == other.Kind && Numbers.SequenceEqual(other.Numbers);

    public override bool Equals(object? other) => Equals(other as Decision);

    public override int GetHashCode() => Numbers.Aggregate(Kind.GetHashCode(), HashCode.Combine);

    public override string ToString() => Describe();

    private protected static string Listed(ImmutableArray<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)));
}

/// <summary>The predictions as they are.</summary>
public sealed class Unchanged : Decision
{
    internal const string Name = "unchanged";

    public override string Kind => Name;

    public override Matrix Apply(Predictions predicted) => predicted.Values;

    public override string Describe() => "as predicted";
}

/// <summary>Numbers below the least that is allowed are raised to it: no count is below 0.</summary>
public sealed class Raised(float least) : Decision
{
    internal const string Name = "raised";

    public override string Kind => Name;

    public override Matrix Apply(Predictions predicted) => predicted.Values.Map(value => value < least ? least : value);

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"at least {least}");

    public override ImmutableArray<double> Numbers => [least];
}

/// <summary>Of each output: 1 from its threshold on, else 0.</summary>
/// <param name="at">One for all outputs, or one for each.</param>
public sealed class Threshold(params ImmutableArray<double> at) : Decision
{
    internal const string Name = "threshold";

    public override string Kind => Name;

    public override Matrix Apply(Predictions predicted)
    {
        if (at.Length != 1 && at.Length != predicted.Outputs) throw new InputException($"There are {at.Length} thresholds for {predicted.Outputs} outputs.");
        var from = predicted.Values.Values.Span;
        var labels = new float[from.Length];
        for (var i = 0; i < labels.Length; i++) labels[i] = from[i] >= at[at.Length == 1 ? 0 : i % predicted.Outputs] ? 1 : 0;
        return new(labels, predicted.Outputs);
    }

    public override string Describe() => $"threshold {Listed(at)}";

    public override ImmutableArray<double> Numbers => at;
}

/// <summary>The class with the highest chance, or with the highest chance times its weight; the first of equals.</summary>
/// <param name="weights">One for each class, or none: all alike.</param>
public sealed class MostLikely(params ImmutableArray<double> weights) : Decision
{
    internal const string Name = "most-likely";

    public override string Kind => Name;

    public override Matrix Apply(Predictions predicted)
    {
        if (weights.Length > 0 && weights.Length != predicted.Outputs) throw new InputException($"There are {weights.Length} class weights for {predicted.Outputs} classes.");
        var (classes, codes) = (predicted.Outputs, new float[predicted.Rows]);
        var chances = predicted.Values.Values.Span;
        for (var row = 0; row < codes.Length; row++)
        {
            var most = double.NegativeInfinity;
            for (var code = 0; code < classes; code++)
            {
                var chance = chances[row * classes + code] * (weights.Length > 0 ? weights[code] : 1);
                if (chance > most) (most, codes[row]) = (chance, code);
            }
        }
        return new(codes, 1);
    }

    public override string Describe() => weights.Length > 0 ? $"most likely class, weighted {Listed(weights)}" : "most likely class";

    public override ImmutableArray<double> Numbers => weights;
}

/// <summary>The grade of a number: how many of the cuts it reaches.</summary>
/// <param name="cuts">Ascending, one fewer than grades: from cuts[g] on a number is of grade g + 1.</param>
public sealed class Rounded(params ImmutableArray<double> cuts) : Decision
{
    internal const string Name = "rounded";

    public override string Kind => Name;

    /// <summary>To the nearest of 0 … grades − 1.</summary>
    public static Rounded ToNearest(int grades) => new([.. Enumerable.Range(0, Math.Max(0, grades - 1)).Select(grade => grade + 0.5)]);

    public override Matrix Apply(Predictions predicted)
    {
        if (predicted.Outputs != 1) throw new InputException($"Grades are made of one number; there are {predicted.Outputs} outputs.");
        return predicted.Values.Map(value =>
        {
            var grade = 0;
            while (grade < cuts.Length && value >= cuts[grade]) grade++;
            return grade;
        });
    }

    public override string Describe() => $"rounded at {Listed(cuts)}";

    public override ImmutableArray<double> Numbers => cuts;
}

/// <summary>Chances made less sure (above 1) or more sure (below 1): their logarithms divided by a temperature.</summary>
/// <remarks>Guo et al. 2017, arXiv 1706.04599. Order within a row stays; several classes still sum to 1.</remarks>
public sealed class Cooled(double temperature) : Decision
{
    internal const string Name = "temperature";

    public override string Kind => Name;

    public override Matrix Apply(Predictions predicted)
    {
        var (classes, power) = (predicted.Outputs, 1 / temperature);
        var from = predicted.Values.Values.Span;
        var to = new float[from.Length];
        if (classes == 1)
            for (var i = 0; i < to.Length; i++)
            {
                var (yes, no) = (Math.Pow(from[i], power), Math.Pow(1.0 - from[i], power));
                to[i] = (float)(yes / (yes + no));
            }
        else
            for (var start = 0; start < to.Length; start += classes)
            {
                var sum = 0.0;
                for (var code = 0; code < classes; code++) sum += Math.Pow(from[start + code], power);
                for (var code = 0; code < classes; code++) to[start + code] = (float)(Math.Pow(from[start + code], power) / sum);
            }
        return new(to, classes);
    }

    public override string Describe() => $"temperature {Listed([temperature])}";

    public override ImmutableArray<double> Numbers => [temperature];
}
