using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;

namespace Kaggle.Core.Runs;

/// <summary>Matrices as NumPy's .npy files (version 1.0, little-endian float32, C order): any tool reads them.</summary>
/// <remarks>Format: NumPy Enhancement Proposal 1.</remarks>
public static class Npy
{
    static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    public static void Write(string path, Matrix matrix)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({matrix.Rows}, {matrix.Columns}), }}";
        var length = (Magic.Length + 2 + header.Length + 1 + 63) / 64 * 64;               // the data starts at a multiple of 64
        var padded = header.PadRight(length - Magic.Length - 3) + "\n";
        using var file = File.Create(path);
        file.Write(Magic);
        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)padded.Length);
        file.Write(size);
        file.Write(System.Text.Encoding.ASCII.GetBytes(padded));
        file.Write(MemoryMarshal.AsBytes(matrix.Values.Span));
    }

    /// <exception cref="InputException">The file is not such a matrix.</exception>
    public static Matrix Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 10 || !bytes.AsSpan().StartsWith(Magic)) throw Broken(path);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        if (bytes.Length < start) throw Broken(path);
        var header = System.Text.Encoding.ASCII.GetString(bytes, 10, start - 10);
        var shape = header[(header.IndexOf('(') + 1)..header.IndexOf(')')].Split(',', StringSplitOptions.TrimEntries);
        var (rows, columns) = (int.Parse(shape[0]), int.Parse(shape[1]));
        var data = bytes.AsSpan(start);
        if (!header.Contains("'<f4'") || data.Length != 4L * rows * columns) throw Broken(path);
        return new(MemoryMarshal.Cast<byte, float>(data).ToArray(), columns);
    }

    static InputException Broken(string path) => new($"{path} is not a whole matrix of float32; delete its folder and run again.");
}
