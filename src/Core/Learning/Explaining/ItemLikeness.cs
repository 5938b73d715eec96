using System.Numerics.Tensors;
using Kaggle.Core.Learning.Ratings;
using MathNet.Numerics.LinearAlgebra;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>What the vectors of the best-known items say: who is near whom, a map of them, and what its directions tell apart.</summary>
/// <remarks>Directions are principal components: factors themselves may be turned without any product changing, so that none of them means anything alone.</remarks>
/// <param name="Neighbours">Of the best-known items those that point most nearly the same way.</param>
/// <param name="Map">The best-known items, the first the best known.</param>
/// <param name="Directions">The first is that of the largest variance.</param>
public sealed record ItemLikeness(IReadOnlyList<ItemNeighbourhood> Neighbours, IReadOnlyList<MappedItem> Map, IReadOnlyList<ItemDirection> Directions)
{
    const int Known = 400, Shown = 12, Near = 5, Mapped = 150, MostDirections = 4, AtEachEnd = 5, Least = 8;

    /// <param name="model">Holds the vectors.</param>
    /// <param name="ratings">How often each item was rated, by name.</param>
    /// <returns>Null where the model holds no vectors, or of few items only.</returns>
    public static ItemLikeness? Of(IItemVectors model, IReadOnlyDictionary<string, int> ratings)
    {
        int[] places = [.. Enumerable.Range(0, model.ItemNames.Count).OrderByDescending(p => ratings.GetValueOrDefault(model.ItemNames[p])).ThenBy(p => model.ItemNames[p], StringComparer.Ordinal).Take(Known)];
        if (places.Length < Least || model.ItemVector(places[0]).Length == 0) return null;
        string[] names = Array.ConvertAll(places, p => model.ItemNames[p]);
        var products = Products(model, places);
        var axes = Axes(products, MostDirections);
        return new(
            [.. Enumerable.Range(0, Math.Min(Shown, names.Length)).Select(i => new ItemNeighbourhood(names[i], ratings.GetValueOrDefault(names[i]), Nearest(products, names, i)))],
            [.. Enumerable.Range(0, Math.Min(Mapped, names.Length)).Select(i => new MappedItem(names[i], ratings.GetValueOrDefault(names[i]), axes[0].Places[i], axes.Count > 1 ? axes[1].Places[i] : 0))],
            [.. axes.Select(axis => new ItemDirection(axis.Share, Ends(axis.Places, names, -1), Ends(axis.Places, names, 1)))]);
    }

    static double[,] Products(IItemVectors model, int[] places)
    {
        var products = new double[places.Length, places.Length];
        for (var i = 0; i < places.Length; i++)
            for (var j = 0; j <= i; j++) products[i, j] = products[j, i] = TensorPrimitives.Dot(model.ItemVector(places[i]), model.ItemVector(places[j]));
        return products;
    }

    static ItemNear[] Nearest(double[,] products, string[] names, int of) =>
    [
        .. Enumerable.Range(0, names.Length).Where(i => i != of)
            .Select(i => new ItemNear(names[i], products[of, i] / Math.Sqrt(Math.Max(1e-30, products[of, of] * products[i, i]))))
            .OrderByDescending(n => n.Cosine).Take(Near),
    ];

    /// <summary>Principal components by the products of the vectors, which are fewer than the vectors are long.</summary>
    static List<(double Share, double[] Places)> Axes(double[,] products, int most)
    {
        var n = products.GetLength(0);
        var matrix = Matrix<double>.Build.DenseOfArray(products);
        var (rows, all) = (matrix.RowSums() / n, matrix.RowSums().Sum() / n / n);
        var centred = Matrix<double>.Build.Dense(n, n, (i, j) => matrix[i, j] - rows[i] - rows[j] + all);
        var found = centred.Evd(Symmetricity.Symmetric);
        var total = Math.Max(1e-30, centred.Trace());
        return [.. Enumerable.Range(1, Math.Min(most, n)).Select(k =>
        {
            var size = Math.Max(0, found.EigenValues[n - k].Real);
            // The best-known item stands on the right and above: a component has no sign of its own.
            var places = found.EigenVectors.Column(n - k).ToArray();
            var sign = places[0] < 0 ? -Math.Sqrt(size) : Math.Sqrt(size);
            return (size / total, Array.ConvertAll(places, p => sign * p));
        })];
    }

    static string[] Ends(double[] places, string[] names, int sign) => [.. Enumerable.Range(0, names.Length).OrderByDescending(i => sign * places[i]).Take(Math.Min(AtEachEnd, names.Length / 2)).Select(i => names[i])];
}

/// <param name="Name">The item's.</param>
/// <param name="Ratings">How many it has.</param>
/// <param name="Near">The nearest first.</param>
public sealed record ItemNeighbourhood(string Name, int Ratings, IReadOnlyList<ItemNear> Near);

/// <param name="Cosine">Of the angle between both vectors: 1 is the same direction.</param>
public sealed record ItemNear(string Name, double Cosine);

/// <param name="X">Along the first direction.</param>
/// <param name="Y">Along the second.</param>
public sealed record MappedItem(string Name, int Ratings, double X, double Y);

/// <param name="Share">Of the variance of the vectors.</param>
/// <param name="Low">The items farthest to one side, the farthest first.</param>
/// <param name="High">To the other.</param>
public sealed record ItemDirection(double Share, IReadOnlyList<string> Low, IReadOnlyList<string> High);
