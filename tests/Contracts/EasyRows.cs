using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Contracts;

/// <summary>Rows whose answers follow from their columns, for each kind of task.</summary>
static class EasyRows
{
    static readonly ImmutableArray<string> Colours = ["red", "green", "blue"];

    public static readonly IReadOnlyDictionary<string, Target> Targets = new Dictionary<string, Target>
    {
        ["regression"] = Target.Number("y"),
        ["regression of logarithms"] = Target.Number("y", Scale.Log),
        ["regression of two"] = Target.Numbers("y", "z"),
        ["binary"] = Target.Binary("y"),
        ["multiclass"] = Target.Classes("y"),
        ["multilabel"] = Target.Labels("y", "z"),
        ["ordinal"] = Target.Ordinal("y"),
        ["quantile"] = Target.Quantiles("y", 0.1, 0.5, 0.9),
    };

    public static Dataset Of(Target target, int rows = 240, int seed = 1)
    {
        var random = new Random(seed);
        float[] size = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        float[] noise = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        int[] colour = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3))];
        long[] day = [.. Enumerable.Range(0, rows).Select(_ => new DateTime(2020, 1, 1).AddDays(random.Next(1000)).Ticks)];
        float[] value = [.. Enumerable.Range(0, rows).Select(i => 3 * size[i] + colour[i])];
        return new(
            [
                new NumberColumn("size", size), new NumberColumn("noise", noise),
                new CategoryColumn("colour", colour, Colours), new DateColumn("day", day),
            ],
            Answers(target, value));
    }

    /// <summary>Empty, missing, of one word, of signs only, half a surrogate pair, no script in common, long.</summary>
    public static readonly string?[] StrangeTexts = [null, "", " \t\n", "a", "😀😀", "\uD83D", "\0\uFFFE", "漢字かな交じり文", "مرحبا", new string('x', 100_000)];

    /// <returns>Rows with one text column, whose words tell the answers.</returns>
    public static Dataset AsTexts(Target target, int rows = 240, int seed = 1)
    {
        var random = new Random(seed);
        string[] sizes = ["tiny", "small", "medium", "large", "huge", "giant"], things = ["box", "ball", "hat"];
        var (texts, value) = (new string?[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var (size, colour) = (random.Next(6), random.Next(3));
            value[row] = 3 * size / 5f + colour;
            texts[row] = $"The {Colours[colour]} {things[random.Next(3)]} is {sizes[size]}.";
        }
        return new([new TextColumn("note", texts)], Answers(target, value));
    }

    public static TargetValues Answers(Target target, float[] value) => target switch
    {
        BinaryTarget => new(target, One(value, v => v > 2.5f ? 1 : 0), ["no", "yes"]),
        ClassTarget or OrdinalTarget => new(target, One(value, v => v > 3.5f ? 2 : v > 1.5f ? 1 : 0), ["low", "middle", "high"]),
        LabelsTarget => new(target, Two(value, v => v > 2 ? 1 : 0, v => v > 3 ? 1 : 0)),
        NumberTarget { Names.Length: 2 } => new(target, Two(value, v => v + 1, v => 10 - v)),
        _ => new(target, One(value, v => v + 1)),
    };

    /// <returns>The same rows with all gaps that a table can have: cells, and a whole column.</returns>
    public static Dataset WithGaps(Dataset rows)
    {
        float[] size = rows.Number("size").ToArray(), nothing = [.. Enumerable.Repeat(float.NaN, rows.Rows)];
        int[] colour = rows.Codes("colour").ToArray();
        long[] day = ((DateColumn)rows["day"]).Ticks.ToArray();
        for (var i = 0; i < rows.Rows; i += 3) size[i] = float.NaN;
        for (var i = 1; i < rows.Rows; i += 4) colour[i] = -1;
        for (var i = 2; i < rows.Rows; i += 5) day[i] = DateColumn.Missing;
        return rows.WithColumns(
            [new NumberColumn("size", size), new NumberColumn("noise", nothing), new CategoryColumn("colour", colour, Colours), new DateColumn("day", day)]);
    }

    static Matrix One(float[] value, Func<float, float> answer) => new(value.Select(answer).ToArray(), 1);

    static Matrix Two(float[] value, Func<float, float> first, Func<float, float> second) =>
        new(value.SelectMany(v => new[] { first(v), second(v) }).ToArray(), 2);
}
