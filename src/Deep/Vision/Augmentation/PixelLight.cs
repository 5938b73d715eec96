using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision.Augmentation;

/// <summary>Brightness and contrast of pictures in main memory, each stretch of numbers read and written once.</summary>
static class PixelLight
{
    const int AtOnce = 2048;  // numbers that stay in the nearest cache between the steps

    /// <param name="pictures">(batch, channels, height, width), 32-bit floats in main memory, 0 to 1.</param>
    /// <param name="brightness">(batch, 1, 1, 1): added to logits.</param>
    /// <param name="contrast">(batch, 1, 1, 1): logits are multiplied by it.</param>
    /// <param name="nearly">How far numbers are kept from 0 and 1.</param>
    /// <returns>The same shape, a pixel's channels side by side.</returns>
    public static Tensor Lit(Tensor pictures, Tensor brightness, Tensor contrast, float nearly)
    {
        using var scope = NewDisposeScope();
        var from = pictures.permute(0, 2, 3, 1).contiguous();
        var to = empty_like(from);
        var (rows, size) = ((int)from.shape[0], (int)(from.shape[1] * from.shape[2] * from.shape[3]));
        var (added, factors) = (brightness.reshape(-1).data<float>().ToArray(), contrast.reshape(-1).data<float>().ToArray());
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, row =>
        {
            Span<float> rest = stackalloc float[AtOnce];
            for (var at = 0; at < size; at += AtOnce)
            {
                var count = Math.Min(AtOnce, size - at);
                var x = MemoryMarshal.Cast<byte, float>(to.bytes).Slice(row * size + at, count);
                TensorPrimitives.Clamp(MemoryMarshal.Cast<byte, float>(from.bytes).Slice(row * size + at, count), nearly, 1 - nearly, x);
                var odds = rest[..count];
                TensorPrimitives.Subtract(1f, x, odds);
                TensorPrimitives.Divide(x, odds, x);
                TensorPrimitives.Log(x, x);
                TensorPrimitives.Add(x, added[row], x);
                TensorPrimitives.Multiply(x, factors[row], x);
                TensorPrimitives.Sigmoid(x, x);
            }
        });
        return to.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
