using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kaggle.Deep.Text;

/// <summary>Vectors of texts by the texts' hash, in a file that grows from run to run.</summary>
/// <remarks>The file is records of 32 bytes and the vector's float32 numbers, little-endian; one that does not divide evenly is passed over and written anew.</remarks>
sealed class TextVectors
{
    const int KeyBytes = 32;

    readonly Dictionary<string, float[]> vectors = [];
    readonly string? file;
    readonly int width;

    TextVectors(string? file, int width) => (this.file, this.width) = (file, width);

    public ReadOnlySpan<float> this[string key] => vectors[key];

    public static TextVectors Read(string? file, int width)
    {
        var read = new TextVectors(file, width);
        if (file is null || !File.Exists(file)) return read;
        var bytes = File.ReadAllBytes(file).AsSpan();
        var record = KeyBytes + 4 * width;
        if (bytes.Length % record != 0) return read;
        for (; bytes.Length > 0; bytes = bytes[record..])
            read.vectors[Convert.ToHexString(bytes[..KeyBytes])] = MemoryMarshal.Cast<byte, float>(bytes[KeyBytes..record]).ToArray();
        return read;
    }

    /// <returns>What stands for a text, or for two that are read together.</returns>
    public static string KeyOf(string? text, string? second) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(second is null ? text ?? "" : $"{text}\0{second}")));

    public bool Has(string key) => vectors.ContainsKey(key);

    public void Add(string key, ReadOnlySpan<float> vector) => vectors[key] = vector.ToArray();

    /// <summary>Writes all of them, under another name first: two runs at once lose nothing but work.</summary>
    public void Keep()
    {
        if (file is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var writing = $"{file}.{Path.GetRandomFileName()}.tmp";
        using (var stream = File.Create(writing))
            foreach (var (key, vector) in vectors)
            {
                stream.Write(Convert.FromHexString(key));
                stream.Write(MemoryMarshal.AsBytes<float>(vector));
            }
        File.Move(writing, file, overwrite: true);
    }
}
