using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Finds pictures that look the same though their files differ: another size, another compression, another name.</summary>
/// <remarks>
/// A hash of 64 comparisons between neighbouring greys names candidates (a difference hash, as in the imagehash library); the correlation of 16 × 16 greys decides.
/// Pictures of almost one grey are passed over: they resemble each other without being the same.
/// </remarks>
static class Lookalikes
{
    const int Side = 16, Cells = 8;                         // greys that are compared, and means that are hashed
    const int MostBits = 4;
    const double Alike = 0.995, Flat = 4;
    const long MostPairs = 4_000_000_000;                   // some seconds of comparing; of more only equal hashes are looked at
    const int Named = 3;

    const int Enough = 20;                                  // twins of one picture; of frames of a film each resembles thousands

    /// <returns>A warning for each of: twins across train and test, twins within train.</returns>
    public static IEnumerable<Warning> Find(Dataset train, Dataset? test, int threads)
    {
        if (ColumnOf(train) is not { } learned) yield break;
        var known = SmallGreys.Of(learned, threads);
        if (test is { Rows: > 0 } && ColumnOf(test) is { } asked)
        {
            var twins = TwinsOf(known, SmallGreys.Of(asked, threads), within: false, threads);
            if (twins.Count > 0)
                yield return new("warning", "lookalikes-across", string.Create(CultureInfo.InvariantCulture,
                    $"{twins.Count} of {asked.Rows} test pictures look like a training picture ({Examples(twins, learned, asked)}): their answers are as good as known, and the public score will flatter what memorises."));
        }
        var own = TwinsOf(known, known, within: true, threads);
        if (own.Count == 0) yield break;
        var pairs = own.Sum(t => (long)t.Firsts.Length);
        var disagree = train.Target?.Truth is { } truth ? own.Sum(t => (long)t.Firsts.Count(first => !truth.Row(first).SequenceEqual(truth.Row(t.Second)))) : 0;
        yield return new("warning", "lookalikes-within", string.Create(CultureInfo.InvariantCulture,
            $"{own.Count} of {train.Rows} training pictures look like an earlier one ({Examples(own, learned, learned)}); {disagree} of the {(own.Any(t => t.Firsts.Length == Enough) ? "first " : "")}{pairs} pairs have different answers. Drop them, or keep twins on one side of every fold by a group."));
    }

    static ImageColumn? ColumnOf(Dataset rows) => rows.Columns.OfType<ImageColumn>().FirstOrDefault() is { } column ? (ImageColumn)rows[column.Name] : null;

    static string Examples(List<Twins> twins, ImageColumn first, ImageColumn second) =>
        string.Join(", ", twins.Take(Named).Select(t => $"{first.Sources.Span[t.Firsts[0]]} and {second.Sources.Span[t.Second]}")) + (twins.Count > Named ? ", …" : "");

    /// <param name="Firsts">At least one row that the second resembles, and no more than are enough, rising.</param>
    readonly record struct Twins(int Second, int[] Firsts);

    /// <returns>By the first of the firsts.</returns>
    static List<Twins> TwinsOf(SmallGreys some, SmallGreys others, bool within, int threads)
    {
        var found = new ConcurrentBag<Twins>();
        var byHash = (long)some.Hashes.Length * others.Hashes.Length > MostPairs ? some.Seen.ToLookup(row => some.Hashes[row]) : null;
        Parallel.ForEach(others.Seen, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, second =>
        {
            var hash = others.Hashes[second];
            List<int>? firsts = null;
            foreach (var first in byHash is null ? some.Seen : byHash[hash])
            {
                if (within && first >= second) break;
                if (BitOperations.PopCount(some.Hashes[first] ^ hash) > MostBits || SmallGreys.Correlation(some, first, others, second) < Alike) continue;
                (firsts ??= []).Add(first);
                if (firsts.Count == Enough) break;
            }
            if (firsts is not null) found.Add(new(second, [.. firsts]));
        });
        return [.. found.OrderBy(t => t.Firsts[0]).ThenBy(t => t.Second)];
    }

    /// <summary>The greys of all pictures of a column, small.</summary>
    sealed class SmallGreys(byte[] greys, ulong[] hashes, int[] seen)
    {
        public ulong[] Hashes => hashes;

        /// <summary>The rows that have a picture which is not flat, rising.</summary>
        public int[] Seen => seen;

        public static SmallGreys Of(ImageColumn column, int threads)
        {
            using var images = DecodedImages.Of(column, new() { Side = Side, Channels = 1 }, DecodedImages.UserCache(), threads);
            var greys = new byte[column.Rows * Side * Side];
            var hashes = new ulong[column.Rows];
            var seen = new List<int>();
            for (var row = 0; row < column.Rows; row++)
            {
                var picture = greys.AsSpan(row * Side * Side, Side * Side);
                images.CopyTo(row, picture);
                hashes[row] = HashOf(picture);
                if (!column.IsMissing(row) && Deviation(picture) >= Flat) seen.Add(row);
            }
            return new(greys, hashes, [.. seen]);
        }

        public static double Correlation(SmallGreys a, int first, SmallGreys b, int second)
        {
            var x = a.Picture(first);
            var y = b.Picture(second);
            long sumX = 0, sumY = 0, squaresX = 0, squaresY = 0, products = 0;
            for (var i = 0; i < x.Length; i++)
            {
                sumX += x[i];
                sumY += y[i];
                squaresX += x[i] * x[i];
                squaresY += y[i] * y[i];
                products += x[i] * y[i];
            }
            double n = x.Length;
            return (products - sumX * sumY / n) / Math.Sqrt((squaresX - sumX * sumX / n) * (squaresY - sumY * sumY / n));
        }

        ReadOnlySpan<byte> Picture(int row) => greys.AsSpan(row * Side * Side, Side * Side);

        static double Deviation(ReadOnlySpan<byte> picture)
        {
            double sum = 0, squares = 0;
            foreach (var value in picture)
            {
                sum += value;
                squares += value * value;
            }
            return Math.Sqrt(Math.Max(0, squares / picture.Length - Math.Pow(sum / picture.Length, 2)));
        }

        /// <returns>A bit for each of 8 × 8 means: whether its right neighbour (of the last, the first) is brighter.</returns>
        static ulong HashOf(ReadOnlySpan<byte> picture)
        {
            Span<int> means = stackalloc int[Cells * Cells];
            for (var i = 0; i < picture.Length; i++) means[i / Side / (Side / Cells) * Cells + i % Side / (Side / Cells)] += picture[i];
            var hash = 0UL;
            for (var i = 0; i < means.Length; i++)
                if (means[i] < means[i / Cells * Cells + (i + 1) % Cells]) hash |= 1UL << i;
            return hash;
        }
    }
}
