using System.Buffers.Binary;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>A block of unsigned bytes in the IDX format: magic number, one big-endian size a dimension, then the values.</summary>
/// <param name="Sizes">Items first, then height and width.</param>
/// <param name="Values">Row by row.</param>
/// <remarks>The format of MNIST's own page (yann.lecun.com/exdb/mnist).</remarks>
public sealed record IdxFile(int[] Sizes, ReadOnlyMemory<byte> Values)
{
    const byte UnsignedBytes = 8;

    /// <param name="bytes">The whole file, unpacked.</param>
    /// <param name="name">For sentences.</param>
    /// <exception cref="InputException">It is no IDX file of unsigned bytes, or it was cut off.</exception>
    public static IdxFile Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var (head, sizes) = Header(bytes.Span, name);
        var count = sizes.Aggregate(1L, (product, size) => product * size);
        if (bytes.Length - head != count)
            throw new InputException($"{name}: its header says {string.Join(" × ", sizes)} bytes, and {bytes.Length - head} follow; fetch it again.");
        return new(sizes, bytes[head..]);
    }

    static (int Length, int[] Sizes) Header(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0) throw new InputException($"{name} is no IDX file: it does not begin with two zero bytes.");
        if (bytes[2] != UnsignedBytes) throw new InputException($"{name}: IDX values of type 0x{bytes[2]:X2}; pictures and labels are unsigned bytes (0x08).");
        var head = 4 + 4 * bytes[3];
        if (bytes[3] == 0 || bytes.Length < head) throw new InputException($"{name} ends within its header; fetch it again.");
        var sizes = new int[bytes[3]];
        for (var d = 0; d < sizes.Length; d++)
        {
            sizes[d] = BinaryPrimitives.ReadInt32BigEndian(bytes[(4 + 4 * d)..]);
            if (sizes[d] < 0) throw new InputException($"{name}: a size of {sizes[d]}; fetch it again.");
        }
        return (head, sizes);
    }
}
