using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Sets a share of the values to zero while training, and scales the rest so that the mean stays.</summary>
/// <remarks>Any shape → the same shape. Draws from the training's own generator, so that trainings side by side do not disturb each other.</remarks>
public sealed class Dropout : nn.Module<Tensor, Tensor>
{
    readonly Randomness random;

    public Dropout(double share, Randomness random) : base(nameof(Dropout)) => (Share, this.random) = (share, random);

    /// <summary>0 to below 1; a schedule may change it between steps. On the processor it counts in steps of 1/256.</summary>
    public double Share { get; set; }

    public override Tensor forward(Tensor x)
    {
        if (!training || Share == 0) return x;
        using var scope = NewDisposeScope();
        var onHost = x.device.type == TorchSharp.DeviceType.CPU && x.dtype is ScalarType.Float32 or ScalarType.BFloat16;
        var kept = onHost ? KeptOnHost(x) : empty_like(x).bernoulli_(1 - Share, random.Device).mul_(1 / (1 - Share));
        return (x * kept).MoveToOuterDisposeScope();
    }

    // bernoulli_ draws a 64-bit word for each value, on one core, which was half the time of TabM's steps. Here a word serves eight.
    Tensor KeptOnHost(Tensor x)
    {
        var dropped = Math.Min(255, (int)Math.Round(Share * 256));
        var kept = empty(x.shape, x.dtype);
        var factor = (float)(256.0 / (256 - dropped));
        if (x.dtype == ScalarType.Float32) Draw(MemoryMarshal.Cast<byte, float>(kept.bytes), factor, dropped);
        else Draw(MemoryMarshal.Cast<byte, ushort>(kept.bytes), (ushort)((BitConverter.SingleToUInt32Bits(factor) + 0x8000) >> 16), dropped);
        return kept;
    }

    void Draw<T>(Span<T> values, T factor, int dropped) where T : struct
    {
        Span<T> said = new T[256];                                            // of each byte: 0 or the factor
        said[dropped..].Fill(factor);
        using var word = empty(1, int64).random_(long.MinValue, long.MaxValue - 1023, random.Host);      // the largest that is exact as a double
        var state = (ulong)word.item<long>();
        for (var i = 0; i < values.Length;)
        {
            var z = state += 0x9E3779B97F4A7C15;                              // SplitMix64
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            for (var end = Math.Min(values.Length, i + 8); i < end; i++, z >>= 8) values[i] = said[(byte)z];
        }
    }
}
