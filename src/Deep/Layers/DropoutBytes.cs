using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kaggle.Deep.Layers;

/// <summary>Decides for each value by a byte of its own whether it is dropped: 64-bit words of SplitMix64 serve eight values each.</summary>
/// <remarks>libtorch's bernoulli_ draws a 64-bit word for each value, on one core, which was half the time of TabM's steps.</remarks>
/// <param name="state">Of the generator.</param>
/// <param name="dropped">Of 256 bytes so many drop their value.</param>
/// <param name="start">How many values come before those that it will be asked of: a multiple of eight.</param>
ref struct DropoutBytes(ulong state, int dropped, int start)
{
    const int Word = 8;
    const ulong Stride = 0x9E3779B97F4A7C15;

    readonly float factor = 256f / (256 - dropped);
    ulong state = state + ((ulong)start / Word * Stride);

    /// <summary>Shares values out in runs that begin where a word does; several at once.</summary>
    public static void Share(long values, Action<int, int> run)
    {
        var words = new RowBlocks((values + Word - 1) / Word, Word);
        words.Run(block =>
        {
            var (first, end) = words.Of(block);
            run(first * Word, (int)Math.Min(values, (long)end * Word));
        });
    }

    /// <summary>0 or 256 / (256 − dropped), for each value.</summary>
    public void Fill<T, L>(Span<T> kept) where T : unmanaged where L : IFloatLanes<T>
    {
        ref var to = ref MemoryMarshal.GetReference(kept);
        var i = 0;
        for (; i <= kept.Length - 8; i += 8) L.Store(Factors(Next()), ref Unsafe.Add(ref to, i));
        if (i == kept.Length) return;
        for (var word = Next(); i < kept.Length; i++, word >>= 8) kept[i] = L.To((byte)word >= dropped ? factor : 0);
    }

    /// <summary>y = max(x, 0) times what <see cref="Fill"/> would give.</summary>
    public void Rectify<T, L>(Span<T> x, Span<T> y) where T : unmanaged where L : IFloatLanes<T>
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(y);
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
            L.Store(Vector256.Max(L.Load(ref Unsafe.Add(ref from, i)), Vector256<float>.Zero) * Factors(Next()), ref Unsafe.Add(ref to, i));
        if (i == x.Length) return;
        for (var word = Next(); i < x.Length; i++, word >>= 8) y[i] = L.To(MathF.Max(L.From(x[i]), 0) * ((byte)word >= dropped ? factor : 0));
    }

    /// <summary>The slope of <see cref="Rectify"/>: the factor where something passed.</summary>
    /// <param name="y">What <see cref="Rectify"/> gave.</param>
    public static void Return<T, L>(Span<T> y, Span<T> slope, Span<T> slopeOfX, int dropped) where T : unmanaged where L : IFloatLanes<T>
    {
        var factor = 256f / (256 - dropped);
        var wide = Vector256.Create(factor);
        ref var passed = ref MemoryMarshal.GetReference(y);
        ref var from = ref MemoryMarshal.GetReference(slope);
        ref var to = ref MemoryMarshal.GetReference(slopeOfX);
        var i = 0;
        for (; i <= y.Length - 8; i += 8)
        {
            var through = Vector256.GreaterThan(L.Load(ref Unsafe.Add(ref passed, i)), Vector256<float>.Zero);
            L.Store(L.Load(ref Unsafe.Add(ref from, i)) * (wide.AsUInt32() & through.AsUInt32()).AsSingle(), ref Unsafe.Add(ref to, i));
        }
        for (; i < y.Length; i++) slopeOfX[i] = L.To(L.From(slope[i]) * (L.From(y[i]) > 0 ? factor : 0));
    }

    readonly Vector256<float> Factors(ulong word)
    {
        var bytes = Vector128.CreateScalarUnsafe(word).AsByte();
        var wide = Avx2.IsSupported ? Avx2.ConvertToVector256Int32(bytes)
            : Vector256.Create(Vector128.WidenLower(Vector128.WidenLower(bytes)), Vector128.WidenUpper(Vector128.WidenLower(bytes))).AsInt32();
        return (Vector256.GreaterThanOrEqual(wide, Vector256.Create(dropped)) & Vector256.Create(factor).AsInt32()).AsSingle();
    }

    ulong Next()
    {
        var z = state += Stride;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
