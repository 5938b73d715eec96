using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>A file that holds many pictures of one size.</summary>
abstract record ManyImages(int Count, int Height, int Width, int Channels)
{
    /// <param name="number">From 0.</param>
    /// <param name="into">(height, width, channels) is written here.</param>
    public abstract void CopyTo(int number, Span<byte> into);

    /// <param name="file">Its name tells the format.</param>
    /// <param name="bytes">All of it, unpacked.</param>
    /// <exception cref="InputException">It is none of the formats, or broken.</exception>
    public static ManyImages Of(string file, byte[] bytes)
    {
        if (IdxLayout.IsImages(file))
        {
            var idx = IdxFile.Parse(bytes, file);
            return idx.Sizes.Length == 3 ? new UnpackedImages(idx.Values, idx.Sizes[0], idx.Sizes[1], idx.Sizes[2])
                : throw new InputException($"{file} has {idx.Sizes.Length} dimensions; pictures have three: items, height, width.");
        }
        if (CifarLayout.IsImages(file)) return new Cifar(bytes, CifarBinary.LabelsOf(bytes.Length, file));
        if (PixelLayout.IsImages(file) && PixelTable.Parse(bytes, file) is var table) return new UnpackedImages(table.Pixels, table.Rows, table.Side, table.Side);
        throw new InputException($"{file} is no file of many pictures that is known: IDX, CIFAR's .bin, CSV of pixels.");
    }

    sealed record UnpackedImages(ReadOnlyMemory<byte> Values, int Count, int Height, int Width) : ManyImages(Count, Height, Width, 1)
    {
        public override void CopyTo(int number, Span<byte> into) => Values.Span.Slice(number * Height * Width, Height * Width).CopyTo(into);
    }

    sealed record Cifar(byte[] Records, int Labels)
        : ManyImages(Records.Length / (Labels + CifarBinary.Planes), CifarBinary.Side, CifarBinary.Side, 3)
    {
        public override void CopyTo(int number, Span<byte> into) =>
            CifarBinary.Picture(Records.AsSpan(number * (Labels + CifarBinary.Planes) + Labels, CifarBinary.Planes)).CopyTo(into);
    }
}
