using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kaggle.Baselines.Recommendation;

/// <summary>The inner loops of gradient descent over factors, a vector of the processor at a time.</summary>
/// <remarks>Vectors are as long as <see cref="Padded"/> says; beyond the factors asked for they are zeros and stay so.</remarks>
static class FactorStep
{
    const int Lanes = 16;

    /// <returns>The least multiple of the processor's lanes.</returns>
    public static int Padded(int factors) => (factors + Lanes - 1) / Lanes * Lanes;

    /// <returns>(count × padded width) normal draws with the sd given, zeros in the padding.</returns>
    public static float[] Drawn(int count, int factors, double sd, Random random)
    {
        var width = Padded(factors);
        var drawn = new float[count * width];
        for (var one = 0; one < count; one++)
            for (var f = 0; f < factors; f++) drawn[one * width + f] = (float)(sd * Normal(random));
        return drawn;
    }

    /// <summary>p += rate · (error · q − penalty · p) and q likewise with the p before.</summary>
    public static void Both(Span<float> p, Span<float> q, float push, float keep)
    {
        var ps = MemoryMarshal.Cast<float, Vector<float>>(p);
        var qs = MemoryMarshal.Cast<float, Vector<float>>(q);
        var (error, rest) = (new Vector<float>(push), new Vector<float>(keep));
        for (var i = 0; i < ps.Length; i++)
        {
            var (a, b) = (ps[i], qs[i]);
            ps[i] = Vector.FusedMultiplyAdd(error, b, rest * a);
            qs[i] = Vector.FusedMultiplyAdd(error, a, rest * b);
        }
    }

    /// <summary>to += factor · from</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Span<float> to, float factor, ReadOnlySpan<float> from) => TensorPrimitives.MultiplyAdd(from, factor, to, to);

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
