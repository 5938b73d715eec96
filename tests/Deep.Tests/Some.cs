using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]     // libtorch uses the cores itself

namespace Kaggle.Tests.Deep;

/// <summary>Rows where the answers follow from the columns, so that a net can learn them.</summary>
static class Some
{
    public static readonly FitContext Context = new() { Seed = 1, Threads = 1 };

    public static Dataset Rows(TaskKind task, int rows = 300, int seed = 0, bool missing = true)
    {
        var random = new Random(seed);
        var (a, b, c) = (new float[rows], new float[rows], new int[rows]);
        var score = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            (a[i], b[i], c[i]) = ((float)random.NextDouble() * 4 - 2, (float)random.NextDouble(), random.Next(4));
            score[i] = a[i] * 2 + (c[i] == 1 ? 1.5f : c[i] == 2 ? -1.5f : 0) + (float)random.NextDouble() * 0.2f;
            if (missing && i % 17 == 3) b[i] = float.NaN;
            if (missing && i % 19 == 5) c[i] = -1;
        }
        var (target, truth, classes) = task switch
        {
            TaskKind.Binary => (Target.Binary("y"), Map(s => s > 0 ? 1 : 0), ["no", "yes"]),
            TaskKind.Multiclass => (Target.Classes("y"), Map(s => s < -1.5f ? 0 : s < 1.5f ? 1 : 2), ["low", "middle", "high"]),
            TaskKind.Ordinal => (Target.Ordinal("y"), Map(s => s < -1.5f ? 0 : s < 1.5f ? 1 : 2), ["1", "2", "3"]),
            TaskKind.Multilabel => (Target.Labels("y", "z"), new(score.SelectMany((s, i) => new[] { s > 0 ? 1f : 0, a[i] > 1 ? 1f : 0 }).ToArray(), 2), ImmutableArray<string>.Empty),
            TaskKind.Quantile => (Target.Quantiles("y", 0.1, 0.5, 0.9), Map(s => s), []),
            _ => (Target.Number("y"), Map(s => 100 + 20 * s), ImmutableArray<string>.Empty),
        };
        return new(
            [
                new NumberColumn("a", a), new NumberColumn("b", b),
                new CategoryColumn("c", c, ["w", "x", "y", "z"]),
                new DateColumn("d", Enumerable.Range(0, rows).Select(i => new DateTime(2020, 1, 1).AddHours(i * 7).Ticks).ToArray()),
                new TextColumn("t", new string?[rows]),
            ],
            new TargetValues(target, truth, classes));

        Matrix Map(Func<float, float> of) => new(Array.ConvertAll(score, x => of(x)), 1);
    }
}
