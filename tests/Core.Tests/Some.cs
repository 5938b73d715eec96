using Kaggle.Core.Data;

namespace Kaggle.Tests.Core;

/// <summary>Builds what does not matter to a test.</summary>
static class Some
{
    /// <summary>Codes of two classes or more.</summary>
    public static TargetValues Classes(params int[] codes)
    {
        var count = Math.Max(2, codes.Max() + 1);
        return new(count == 2 ? Target.Binary("y") : Target.Classes("y"),
            new(Array.ConvertAll(codes, code => (float)code), 1), [.. Enumerable.Range(0, count).Select(code => $"class {code}")]);
    }

    public static TargetValues Numbers(params float[] values) => new(Target.Number("y"), new(values, 1));

    public static Dataset Rows(int rows, TargetValues? target = null, int[]? groups = null, long[]? time = null) =>
        new([new NumberColumn("x", Enumerable.Range(0, rows).Select(i => (float)i).ToArray())], target,
            groups: groups is null ? null : (ReadOnlyMemory<int>?)groups, time: time is null ? null : (ReadOnlyMemory<long>?)time);
}
