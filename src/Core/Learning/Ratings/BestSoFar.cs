using System.Numerics;
using System.Runtime.InteropServices;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>The highest scores met, in order. Items come in ascending order, so of equals the earlier stay.</summary>
sealed class BestSoFar(int count)
{
    readonly float[] scores = new float[count];
    readonly int[] items = new int[count];
    int filled;

    public void Clear() => filled = 0;

    float Bound => filled < scores.Length ? float.NegativeInfinity : scores[^1];

    /// <param name="row">The scores of neighbouring items.</param>
    /// <param name="first">The place of the first.</param>
    public void Look(ReadOnlySpan<float> row, int first)
    {
        if (scores.Length == 0) return;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        // Most runs hold nothing above the bound; a vector at a time says so.
        for (var v = 0; v < vectors.Length; v++)
            if (Vector.GreaterThanAny(vectors[v], new Vector<float>(Bound)))
                for (var i = 0; i < Vector<float>.Count; i++) Offer(row[v * Vector<float>.Count + i], first + v * Vector<float>.Count + i);
        for (var i = vectors.Length * Vector<float>.Count; i < row.Length; i++) Offer(row[i], first + i);
    }

    void Offer(float score, int item)
    {
        if (!(score > Bound)) return;                         // NaN and what is hidden never get in
        var at = filled < scores.Length ? filled++ : filled - 1;
        while (at > 0 && scores[at - 1] < score)
        {
            (scores[at], items[at]) = (scores[at - 1], items[at - 1]);
            at--;
        }
        (scores[at], items[at]) = (score, item);
    }

    public int[] InOrder() => items[..filled];
}
