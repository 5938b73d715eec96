using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>How numbers of a kind lie in memory, read and written as eight or sixteen floats at a time.</summary>
interface IFloatLanes<T> where T : unmanaged
{
    static abstract Vector256<float> Load(ref T first);

    static abstract void Store(Vector256<float> values, ref T first);

    static abstract Vector512<float> Load16(ref T first);

    static abstract void Store16(Vector512<float> values, ref T first);

    static abstract float From(T value);

    static abstract T To(float value);
}

/// <summary>float32 as it is.</summary>
readonly struct SingleLanes : IFloatLanes<float>
{
    public static Vector256<float> Load(ref float first) => Vector256.LoadUnsafe(ref first);

    public static void Store(Vector256<float> values, ref float first) => values.StoreUnsafe(ref first);

    public static Vector512<float> Load16(ref float first) => Vector512.LoadUnsafe(ref first);

    public static void Store16(Vector512<float> values, ref float first) => values.StoreUnsafe(ref first);

    public static float From(float value) => value;

    public static float To(float value) => value;
}

/// <summary>bfloat16: the upper half of a float32, rounded to the nearest, ties to even.</summary>
readonly struct BFloat16Lanes : IFloatLanes<ushort>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref ushort first)
    {
        var halves = Vector128.LoadUnsafe(ref first);
        var wide = Avx2.IsSupported ? Avx2.ConvertToVector256Int32(halves).AsUInt32() : Vector256.Create(Vector128.WidenLower(halves), Vector128.WidenUpper(halves));
        return (wide << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, ref ushort first)
    {
        var bits = values.AsUInt32();
        var rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One)) >> 16;
        // Rounding would carry some NaNs over into infinity or zero.
        rounded = Vector256.ConditionalSelect(Vector256.Equals(values, values).AsUInt32(), rounded, Vector256.Create(0x7FC0u));
        Vector128.Narrow(rounded.GetLower(), rounded.GetUpper()).StoreUnsafe(ref first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(ref ushort first)
    {
        if (!Avx512F.IsSupported) return Vector512.Create(Load(ref first), Load(ref Unsafe.Add(ref first, 8)));
        return (Avx512F.ConvertToVector512UInt32(Vector256.LoadUnsafe(ref first)) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<float> values, ref ushort first)
    {
        if (!Avx512F.IsSupported)
        {
            Store(values.GetLower(), ref first);
            Store(values.GetUpper(), ref Unsafe.Add(ref first, 8));
            return;
        }
        var bits = values.AsUInt32();
        var rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
        rounded = Vector512.ConditionalSelect(Vector512.Equals(values, values).AsUInt32(), rounded, Vector512.Create(0x7FC0u));
        Avx512F.ConvertToVector256UInt16(rounded).StoreUnsafe(ref first);
    }

    public static float From(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);

    public static ushort To(float value)
    {
        if (float.IsNaN(value)) return 0x7FC0;
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}

/// <summary>A tensor's own memory as numbers.</summary>
static class HostNumbers
{
    /// <summary>Whether the kernels of this folder can work on it: contiguous numbers of 16 or 32 bits on the processor.</summary>
    public static bool LieOnHost(this Tensor x) =>
        x.device.type == TorchSharp.DeviceType.CPU && x.dtype is ScalarType.Float32 or ScalarType.BFloat16 && x.is_contiguous();

    /// <returns>What the tensor holds; it must outlive the span.</returns>
    public static Span<T> Numbers<T>(this Tensor x) where T : unmanaged => MemoryMarshal.Cast<byte, T>(x.bytes);
}
