namespace Kaggle.Core.Learning.Ratings;

/// <summary>A sparse matrix by rows: of each user the items rated and how, or of each item the users.</summary>
public sealed class RatedLists
{
    readonly int[] starts, others;
    readonly float[] ratings;

    RatedLists(int[] starts, int[] others, float[] ratings) => (this.starts, this.others, this.ratings) = (starts, others, ratings);

    public int Count => starts.Length - 1;

    public int Pairs => others.Length;

    /// <returns>Places on the other side, in the order of the pairs.</returns>
    public ReadOnlySpan<int> Others(int of) => others.AsSpan(starts[of]..starts[of + 1]);

    public ReadOnlySpan<float> Ratings(int of) => ratings.AsSpan(starts[of]..starts[of + 1]);

    /// <returns>Where the entries of one begin among all entries in this order.</returns>
    public int Start(int of) => starts[of];

    public int Length(int of) => starts[of + 1] - starts[of];

    public static RatedLists Of(int count, ReadOnlySpan<int> of, ReadOnlySpan<int> others, ReadOnlySpan<float> ratings)
    {
        var starts = new int[count + 1];
        foreach (var one in of) starts[one + 1]++;
        for (var i = 0; i < count; i++) starts[i + 1] += starts[i];
        var next = starts[..count];
        var (sortedOthers, sortedRatings) = (new int[of.Length], new float[of.Length]);
        for (var pair = 0; pair < of.Length; pair++)
        {
            var at = next[of[pair]]++;
            (sortedOthers[at], sortedRatings[at]) = (others[pair], ratings[pair]);
        }
        return new(starts, sortedOthers, sortedRatings);
    }

    /// <returns>The same pairs with other values.</returns>
    /// <param name="change">From one's place, the other's and the rating.</param>
    public RatedLists Map(Func<int, int, float, float> change)
    {
        var changed = new float[ratings.Length];
        for (var of = 0; of < Count; of++)
            for (var at = starts[of]; at < starts[of + 1]; at++) changed[at] = change(of, others[at], ratings[at]);
        return new(starts, others, changed);
    }

    /// <summary>Writes three files that begin with the name.</summary>
    public void Save(string folder, string name)
    {
        FloatFile.Write<int>(folder, name + "-starts", starts);
        FloatFile.Write<int>(folder, name + "-others", others);
        FloatFile.Write(folder, name + "-ratings", ratings);
    }

    /// <returns>What <see cref="Save"/> wrote.</returns>
    public static RatedLists Load(string folder, string name) =>
        new(FloatFile.Read<int>(folder, name + "-starts"), FloatFile.Read<int>(folder, name + "-others"), FloatFile.Read(folder, name + "-ratings"));
}
