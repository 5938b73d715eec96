using System.Numerics;
using Kaggle.Core.Data;

namespace Kaggle.Baselines.Neighbours;

/// <param name="Row">Its number among the training rows.</param>
/// <param name="Squared">The squared distance.</param>
readonly record struct Neighbour(int Row, float Squared);

/// <summary>Training rows laid out for comparing many at once: in strips of 64 rows, feature by feature.</summary>
sealed class NeighbourBlock
{
    const int Strip = 64;
    const int QueriesAtOnce = 32;                             // a strip stays in the cache for so many

    static readonly int Lanes = Vector<float>.Count;

    readonly float[] strips;                                  // (strips, features, 64); beyond the last row infinities

    public NeighbourBlock(Matrix rows)
    {
        (Rows, Features) = (rows.Rows, rows.Columns);
        var count = (Rows + Strip - 1) / Strip;
        strips = new float[count * Features * Strip];
        Array.Fill(strips, float.PositiveInfinity);
        for (var row = 0; row < Rows; row++)
            for (var j = 0; j < Features; j++)
                strips[(row / Strip * Features + j) * Strip + row % Strip] = rows[row, j];
    }

    public int Rows { get; }

    public int Features { get; }

    /// <returns>(rows, features) the rows as they were given.</returns>
    public Matrix Matrix()
    {
        var rows = new float[Rows * Features];
        for (var row = 0; row < Rows; row++)
            for (var j = 0; j < Features; j++) rows[row * Features + j] = strips[(row / Strip * Features + j) * Strip + row % Strip];
        return new(rows, Features);
    }

    /// <returns>For each query its nearest training rows, nearest first; equally near ones by their number.</returns>
    public Neighbour[][] Nearest(Matrix queries, int count, int threads, CancellationToken cancel)
    {
        var found = new Neighbour[queries.Rows][];
        var parts = (queries.Rows + QueriesAtOnce - 1) / QueriesAtOnce;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancel }, part =>
        {
            var first = part * QueriesAtOnce;
            var last = Math.Min(first + QueriesAtOnce, queries.Rows);
            var nearest = Enumerable.Range(first, last - first).Select(_ => new NearestSoFar(count)).ToArray();
            Span<float> distances = stackalloc float[Strip];
            for (var strip = 0; strip * Strip < Rows; strip++)
            {
                var rows = strips.AsSpan(strip * Features * Strip, Features * Strip);
                for (var query = first; query < last; query++)
                {
                    var heap = nearest[query - first];
                    if (!Distances(queries.Row(query), rows, distances, heap.Bound)) continue;
                    for (var i = 0; i < Strip && strip * Strip + i < Rows; i++)
                        if (distances[i] < heap.Bound) heap.Add(new(strip * Strip + i, distances[i]));
                }
            }
            for (var query = first; query < last; query++) found[query] = nearest[query - first].Sorted();
        });
        return found;
    }

    /// <returns>Whether any of the strip's rows is nearer than the bound.</returns>
    static bool Distances(ReadOnlySpan<float> query, ReadOnlySpan<float> strip, Span<float> distances, float bound)
    {
        var near = false;
        // Four sums at once: a single one would wait for itself at every addition.
        for (var first = 0; first < Strip; first += 4 * Lanes)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (var j = 0; j < query.Length; j++)
            {
                var at = strip[(j * Strip + first)..];
                var value = new Vector<float>(query[j]);
                var (offA, offB) = (new Vector<float>(at) - value, new Vector<float>(at[Lanes..]) - value);
                var (offC, offD) = (new Vector<float>(at[(2 * Lanes)..]) - value, new Vector<float>(at[(3 * Lanes)..]) - value);
                (a, b) = (Vector.FusedMultiplyAdd(offA, offA, a), Vector.FusedMultiplyAdd(offB, offB, b));
                (c, d) = (Vector.FusedMultiplyAdd(offC, offC, c), Vector.FusedMultiplyAdd(offD, offD, d));
            }
            near |= Keep(a, distances[first..], bound) | Keep(b, distances[(first + Lanes)..], bound)
                | Keep(c, distances[(first + 2 * Lanes)..], bound) | Keep(d, distances[(first + 3 * Lanes)..], bound);
        }
        return near;
    }

    static bool Keep(Vector<float> squares, Span<float> distances, float bound)
    {
        squares = Vector.Min(squares, new Vector<float>(float.MaxValue));      // so far away that it overflows is still a neighbour
        squares.CopyTo(distances);
        return Vector.LessThanAny(squares, new Vector<float>(bound));
    }

    /// <summary>The nearest rows met, as a heap with the farthest on top. Rows come in ascending order, so of equals the earlier stay.</summary>
    sealed class NearestSoFar(int count)
    {
        readonly PriorityQueue<Neighbour, (float, int)> heap = new(count + 1);

        public float Bound { get; private set; } = float.PositiveInfinity;

        public void Add(Neighbour neighbour)
        {
            var rank = (-neighbour.Squared, -neighbour.Row);
            if (heap.Count < count) heap.Enqueue(neighbour, rank);
            else heap.EnqueueDequeue(neighbour, rank);
            if (heap.Count == count) Bound = heap.Peek().Squared;
        }

        public Neighbour[] Sorted()
        {
            var sorted = heap.UnorderedItems.Select(item => item.Element).ToArray();
            Array.Sort(sorted, (a, b) => (a.Squared, a.Row).CompareTo((b.Squared, b.Row)));
            return sorted;
        }
    }
}
