namespace Kaggle.Baselines.Text;

/// <summary>How alike two short texts are by their letters.</summary>
public static class PhraseLikeness
{
    /// <returns>1 for equal texts, 0 where every letter would have to be written anew: 1 − Levenshtein's distance / the longer length.</returns>
    public static double Edit(string a, string b)
    {
        if (a.Length == 0 && b.Length == 0) return 1;
        var distance = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) distance[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = distance[0];
            distance[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = distance[j];
                distance[j] = Math.Min(replaced, 1 + Math.Min(distance[j], distance[j - 1]));
            }
        }
        return 1 - (double)distance[b.Length] / Math.Max(a.Length, b.Length);
    }

    /// <returns>The longest run of letters that both have, as a share of the shorter text.</returns>
    public static double LongestShared(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        var (run, longest) = (new int[b.Length + 1], 0);
        for (var i = 1; i <= a.Length; i++)
            for (var j = b.Length; j >= 1; j--)
                longest = Math.Max(longest, run[j] = a[i - 1] == b[j - 1] ? run[j - 1] + 1 : 0);
        return (double)longest / Math.Min(a.Length, b.Length);
    }

    /// <returns>The share of all their different things that both have; 0 when neither has any.</returns>
    public static double Jaccard<T>(IReadOnlySet<T> a, IReadOnlySet<T> b)
    {
        var shared = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 0 : (double)shared / (a.Count + b.Count - shared);
    }
}
