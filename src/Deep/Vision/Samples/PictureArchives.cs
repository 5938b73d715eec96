using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Samples;

/// <summary>Files of many pictures, for samples: IDX and zip, the same bytes on every machine.</summary>
public static class PictureArchives
{
    /// <returns>An IDX file of pictures.</returns>
    public static SampleFile Idx(string name, int side, IReadOnlyList<byte[]> pictures) => Idx(name, [pictures.Count, side, side], pictures.SelectMany(p => p));

    /// <returns>An IDX file of labels.</returns>
    public static SampleFile Idx(string name, IReadOnlyList<byte> labels) => Idx(name, [labels.Count], labels);

    /// <returns>A zip whose entries are stored as they are: JPEGs do not shrink.</returns>
    public static SampleFile Zip(string name, IEnumerable<(string Entry, byte[] Bytes)> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
            foreach (var (entry, bytes) in files)
            {
                var made = zip.CreateEntry(entry, CompressionLevel.NoCompression);
                made.LastWriteTime = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
                made.ExternalAttributes = 0;                            // they differ between systems
                using var into = made.Open();
                into.Write(bytes);
            }
        return new(name, stream.ToArray());
    }

    static SampleFile Idx(string name, int[] sizes, IEnumerable<byte> values)
    {
        var head = new byte[4 + 4 * sizes.Length];
        (head[2], head[3]) = (8, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4 + 4 * i), sizes[i]);
        return new(name, [.. head, .. values]);
    }
}
