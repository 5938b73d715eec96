using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>The mean over members of each value's rank among the values that were fitted on.</summary>
/// <remarks>A row's blend depends on no other row that is predicted with it.</remarks>
/// <param name="Scales">Of each member one scale for each output.</param>
public sealed record RankBlend(IReadOnlyList<IReadOnlyList<RankScale>> Scales) : IBlend
{
    public IReadOnlyList<double> Weights => [.. Enumerable.Repeat(1.0 / Scales.Count, Scales.Count)];

    public Predictions Blend(IReadOnlyList<Predictions> members) => Predictions.Mean([.. members.Select(Ranked)]);

    internal Predictions Ranked(Predictions member, int number)
    {
        var from = member.Values.Values.Span;
        var ranks = new float[from.Length];
        for (var i = 0; i < ranks.Length; i++) ranks[i] = Scales[number][i % member.Outputs].Rank(from[i]);
        return new(OutputKind.Scores, new(ranks, member.Outputs));
    }
}

/// <summary>Ranks from 0 to 1 of values, straight in between, a little beyond at the ends; greater values always rank higher.</summary>
/// <param name="Values">Ascending, each once.</param>
/// <param name="Ranks">Their mean ranks.</param>
public sealed record RankScale(float[] Values, float[] Ranks)
{
    const int Marks = 20_000;

    public static IReadOnlyList<RankScale> OfOutputs(Predictions member) =>
        [.. Enumerable.Range(0, member.Outputs).Select(output => Of(member.Values.Column(output).ToArray()))];

    static RankScale Of(float[] all)
    {
        Array.Sort(all);
        var (values, ranks) = (new List<float>(), new List<float>());
        var every = Math.Max(1, all.Length / Marks);
        for (int start = 0, end; start < all.Length; start = end)
        {
            for (end = start + 1; end < all.Length && all[end] == all[start]; end++) { }
            if (start / every == (end - 1) / every && start % every != 0 && end < all.Length) continue;     // no mark falls on it
            values.Add(all[start]);
            ranks.Add((float)((start + end) / 2.0 / all.Length));
        }
        return new([.. values], [.. ranks]);
    }

    public float Rank(float value)
    {
        var at = Array.BinarySearch(Values, value);
        if (at >= 0) return Ranks[at];
        var above = ~at;
        if (above == 0) return (float)(Ranks[0] * (1 - Beyond((double)Values[0] - value)));
        if (above == Values.Length) return (float)(Ranks[^1] + (1 - Ranks[^1]) * Beyond((double)value - Values[^1]));
        var share = ((double)value - Values[above - 1]) / ((double)Values[above] - Values[above - 1]);
        return (float)(Ranks[above - 1] + share * ((double)Ranks[above] - Ranks[above - 1]));
    }

    static double Beyond(double distance) => distance / (1 + distance);
}
