using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Of each item those most like it, or of each user: the strongest first.</summary>
/// <remarks>
/// Pearson's correlation of what is left of the ratings after the baseline, over those who rated both, shrunk to 0 where they are few
/// (Koren 2010, equation 4; Surprise's pearson_baseline). Only likenesses above 0 are kept.
/// </remarks>
sealed class Likenesses
{
    readonly int[] starts, others;
    readonly float[] strengths;

    Likenesses(int[] starts, int[] others, float[] strengths) => (this.starts, this.others, this.strengths) = (starts, others, strengths);

    public ReadOnlySpan<int> Others(int one) => others.AsSpan(starts[one]..starts[one + 1]);

    public ReadOnlySpan<float> Strengths(int one) => strengths.AsSpan(starts[one]..starts[one + 1]);

    /// <param name="ones">What is left of each one's ratings.</param>
    /// <param name="raters">The same the other way round.</param>
    /// <param name="shrinkage">With so many in common the correlation counts half.</param>
    /// <param name="kept">How many are kept of each.</param>
    /// <param name="threads">How many work on it.</param>
    /// <param name="cancel">Ends it.</param>
    public static Likenesses Of(RatedLists ones, RatedLists raters, double shrinkage, int kept, int threads, CancellationToken cancel)
    {
        var rows = new (int[] Others, float[] Strengths)[ones.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel };
        Parallel.For(0, ones.Count, parallel, () => new LikenessRow(ones.Count), (one, _, sums) =>
        {
            rows[one] = sums.Of(one, ones, raters, shrinkage, kept);
            return sums;
        }, _ => { });
        var starts = new int[rows.Length + 1];
        for (var one = 0; one < rows.Length; one++) starts[one + 1] = starts[one] + rows[one].Others.Length;
        return new(starts, [.. rows.SelectMany(r => r.Others)], [.. rows.SelectMany(r => r.Strengths)]);
    }

    public void Save(string folder)
    {
        FloatFile.Write<int>(folder, "like-starts", starts);
        FloatFile.Write<int>(folder, "like-others", others);
        FloatFile.Write(folder, "like-strengths", strengths);
    }

    public static Likenesses Load(string folder) =>
        new(FloatFile.Read<int>(folder, "like-starts"), FloatFile.Read<int>(folder, "like-others"), FloatFile.Read(folder, "like-strengths"));

    /// <summary>One row of products and squares, used again for row after row.</summary>
    sealed class LikenessRow(int count)
    {
        readonly float[] products = new float[count], mine = new float[count], theirs = new float[count];
        readonly int[] common = new int[count];
        readonly List<int> met = [];

        public (int[] Others, float[] Strengths) Of(int one, RatedLists ones, RatedLists raters, double shrinkage, int kept)
        {
            var who = ones.Others(one);
            var how = ones.Ratings(one);
            for (var i = 0; i < who.Length; i++)
            {
                var others = raters.Others(who[i]);
                var ratings = raters.Ratings(who[i]);
                for (var j = 0; j < others.Length; j++)
                {
                    var other = others[j];
                    if (common[other]++ == 0) met.Add(other);
                    products[other] += how[i] * ratings[j];
                    mine[other] += how[i] * how[i];
                    theirs[other] += ratings[j] * ratings[j];
                }
            }
            met.Sort();
            var found = new List<(int Other, float Strength)>();
            foreach (var other in met)
            {
                var together = common[other] - 1;
                var strength = (float)(together / (together + shrinkage) * products[other] / Math.Sqrt((double)mine[other] * theirs[other]));
                if (other != one && together > 0 && strength > 0) found.Add((other, strength));
                (common[other], products[other], mine[other], theirs[other]) = (0, 0, 0, 0);
            }
            met.Clear();
            var strongest = found.OrderByDescending(f => f.Strength).Take(kept).ToArray();          // stable: of equals the first
            return ([.. strongest.Select(f => f.Other)], [.. strongest.Select(f => f.Strength)]);
        }
    }
}
