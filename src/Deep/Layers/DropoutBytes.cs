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
    const int Word = 8, Many = 64;
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

    /// <summary>The same, where each run adds to sums.</summary>
    /// <param name="sums">Those of all runs, added always in the same order.</param>
    public static void Sum(long values, Runs run, Span<float> sums)
    {
        var words = new RowBlocks((values + Word - 1) / Word, Word);
        words.Sum((block, own) =>
        {
            var (first, end) = words.Of(block);
            run(first * Word, (int)Math.Min(values, (long)end * Word), own);
        }, sums);
    }

    /// <param name="sums">Of this run alone, 0 at first.</param>
    public delegate void Runs(int start, int end, Span<float> sums);

    /// <summary>0 or 256 / (256 − dropped), for each value.</summary>
    public void Fill<T, L>(Span<T> kept) where T : unmanaged where L : IFloatLanes<T>
    {
        ref var to = ref MemoryMarshal.GetReference(kept);
        var i = 0;
        for (; i <= kept.Length - Many; i += Many)
        {
            var factors = NextMany();
            L.Store16(factors.First, ref Unsafe.Add(ref to, i));
            L.Store16(factors.Second, ref Unsafe.Add(ref to, i + 16));
            L.Store16(factors.Third, ref Unsafe.Add(ref to, i + 32));
            L.Store16(factors.Fourth, ref Unsafe.Add(ref to, i + 48));
        }
        for (var word = 0UL; i < kept.Length; i++) kept[i] = L.To(NextFactor(i, ref word));
    }

    /// <summary>y = max(x + bias, 0) times what <see cref="Fill"/> would give; y may be x.</summary>
    /// <param name="bias">Of each column, at that of the first value.</param>
    public void Rectify<T, L>(Span<T> x, RowCycle bias, Span<T> y) where T : unmanaged where L : IFloatLanes<T>
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(y);
        var i = 0;
        for (; i <= x.Length - Many; i += Many)
        {
            var factors = NextMany();
            Rectify16<T, L>(ref Unsafe.Add(ref from, i), bias.Take(), factors.First, ref Unsafe.Add(ref to, i));
            Rectify16<T, L>(ref Unsafe.Add(ref from, i + 16), bias.Take(), factors.Second, ref Unsafe.Add(ref to, i + 16));
            Rectify16<T, L>(ref Unsafe.Add(ref from, i + 32), bias.Take(), factors.Third, ref Unsafe.Add(ref to, i + 32));
            Rectify16<T, L>(ref Unsafe.Add(ref from, i + 48), bias.Take(), factors.Fourth, ref Unsafe.Add(ref to, i + 48));
        }
        for (var word = 0UL; i < x.Length; i++) y[i] = L.To(MathF.Max(L.From(x[i]) + bias.TakeOne(), 0) * NextFactor(i, ref word));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Rectify16<T, L>(ref T x, Vector512<float> bias, Vector512<float> factors, ref T y) where T : unmanaged where L : IFloatLanes<T> =>
        L.Store16(Vector512.Max(L.Load16(ref x) + bias, Vector512<float>.Zero) * factors, ref y);

    /// <summary>The slope of <see cref="Rectify"/>: the factor where something passed.</summary>
    /// <param name="y">What <see cref="Rectify"/> gave.</param>
    /// <param name="ofBias">The sums of each column, at that of the first value.</param>
    public static void Return<T, L>(Span<T> y, Span<T> slope, Span<T> slopeOfX, int dropped, RowCycle ofBias) where T : unmanaged where L : IFloatLanes<T>
    {
        var factor = 256f / (256 - dropped);
        var wide = Vector512.Create(factor);
        ref var passed = ref MemoryMarshal.GetReference(y);
        ref var from = ref MemoryMarshal.GetReference(slope);
        ref var to = ref MemoryMarshal.GetReference(slopeOfX);
        var i = 0;
        for (; i <= y.Length - 16; i += 16)
        {
            var through = Vector512.GreaterThan(L.Load16(ref Unsafe.Add(ref passed, i)), Vector512<float>.Zero);
            var own = L.Load16(ref Unsafe.Add(ref from, i)) * (wide.AsUInt32() & through.AsUInt32()).AsSingle();
            L.Store16(own, ref Unsafe.Add(ref to, i));
            ofBias.Add(own);
        }
        for (; i < y.Length; i++)
        {
            var own = L.From(slope[i]) * (L.From(y[i]) > 0 ? factor : 0);
            slopeOfX[i] = L.To(own);
            ofBias.AddOne(own);
        }
    }

    /// <summary>Factors of 64 values, sixteen at a time: of eight words, one byte each.</summary>
    /// <param name="kept">All bits of those that stay.</param>
    readonly struct Factors(Vector512<sbyte> kept, float factor)
    {
        public Vector512<float> First => Of(kept.GetLower().GetLower());

        public Vector512<float> Second => Of(kept.GetLower().GetUpper());

        public Vector512<float> Third => Of(kept.GetUpper().GetLower());

        public Vector512<float> Fourth => Of(kept.GetUpper().GetUpper());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Of(Vector128<sbyte> quarter)
        {
            var mask = Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(quarter)
                : Vector512.Create(Widened(Vector128.WidenLower(quarter)), Widened(Vector128.WidenUpper(quarter)));
            return (mask & Vector512.Create(factor).AsInt32()).AsSingle();
        }

        static Vector256<int> Widened(Vector128<short> x) => Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Factors NextMany()
    {
        var words = Mixed(Vector512.Create(state) + Vector512.Create(1UL, 2, 3, 4, 5, 6, 7, 8) * Vector512.Create(Stride));
        state += unchecked(8 * Stride);
        return new(Vector512.GreaterThanOrEqual(words.AsByte(), Vector512.Create((byte)dropped)).AsSByte(), factor);
    }

    /// <param name="i">The value's place; a multiple of eight draws a word.</param>
    float NextFactor(int i, ref ulong word)
    {
        word = i % Word == 0 ? Mixed(Vector512.CreateScalar(state += Stride))[0] : word >> 8;
        return (byte)word >= dropped ? factor : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Mixed(Vector512<ulong> z)
    {
        z = (z ^ (z >> 30)) * Vector512.Create(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)) * Vector512.Create(0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
