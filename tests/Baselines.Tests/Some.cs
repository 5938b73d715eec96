using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Baselines;

/// <summary>Rows for tests in which it does not matter what they are.</summary>
static class Some
{
    /// <summary>Numbers, a category and a date, some missing; the answer follows from them with a little noise.</summary>
    public static Dataset Rows(Target target, int rows = 400, int seed = 1)
    {
        var random = new Random(seed);
        float[] size = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextDouble())];
        float[] noise = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextDouble())];
        int[] colour = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) - 1)];
        long[] day = [.. Enumerable.Range(0, rows).Select(_ => new DateTime(2020, 1, 1).AddDays(random.Next(1000)).Ticks)];
        float[] value = [.. Enumerable.Range(0, rows).Select(i => 3 * size[i] + colour[i] + 0.1f * noise[i])];
        for (var i = 0; i < rows; i += 17) noise[i] = float.NaN;
        for (var i = 0; i < rows; i += 23) day[i] = DateColumn.Missing;
        return new(
            [
                new NumberColumn("size", size), new NumberColumn("noise", noise),
                new CategoryColumn("colour", colour, ["red", "green", "blue"]), new DateColumn("day", day),
            ],
            Answers(target, value));
    }

    static TargetValues Answers(Target target, float[] value) => target switch
    {
        BinaryTarget => new(target, new(Array.ConvertAll(value, v => v > 2 ? 1f : 0f), 1), ["no", "yes"]),
        ClassTarget => new(target, new(Array.ConvertAll(value, v => v > 3 ? 2f : v > 1 ? 1f : 0f), 1), ["low", "middle", "high"]),
        OrdinalTarget => new(target, new(Array.ConvertAll(value, v => v > 3 ? 2f : v > 1 ? 1f : 0f), 1), ["low", "middle", "high"]),
        LabelsTarget labels => new(target, Columns(value, labels.Names, (v, c) => v > c + 1 ? 1 : 0)),
        NumberTarget numbers => new(target, Columns(value, numbers.Names, (v, c) => v + 5 + c)),
        _ => new(target, new(value, 1)),
    };

    static Matrix Columns(float[] value, ImmutableArray<string> names, Func<float, int, float> answer) =>
        new(value.SelectMany(v => names.Select((_, c) => answer(v, c))).ToArray(), names.Length);
}
