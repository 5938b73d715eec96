using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kaggle.Deep.Text;

/// <summary>Vectors of texts by the texts' hash, in a file that grows from run to run.</summary>
/// <remarks>
/// The file is the vectors' width (int32), then records of 32 bytes and the vector's float32 numbers, little-endian; one that does not divide evenly is passed
/// over and written anew.
/// </remarks>
sealed class TextVectors
{
    const int KeyBytes = 32, Header = 4;

    readonly Dictionary<string, float[]> vectors = [];
    readonly string? file;

    TextVectors(string? file) => this.file = file;

    /// <summary>Numbers of a vector; 0 while none is known.</summary>
    public int Width { get; private set; }

    public ReadOnlySpan<float> this[string key] => vectors[key];

    public static TextVectors Read(string? file)
    {
        var read = new TextVectors(file);
        if (file is null || !File.Exists(file)) return read;
        var bytes = File.ReadAllBytes(file).AsSpan();
        var width = bytes.Length < Header ? 0 : MemoryMarshal.Read<int>(bytes);
        if (width < 1 || (bytes.Length - Header) % (KeyBytes + 4L * width) != 0) return read;
        read.Width = width;
        var record = KeyBytes + 4 * width;
        for (bytes = bytes[Header..]; bytes.Length > 0; bytes = bytes[record..])
            read.vectors[Convert.ToHexString(bytes[..KeyBytes])] = MemoryMarshal.Cast<byte, float>(bytes[KeyBytes..record]).ToArray();
        return read;
    }

    /// <returns>What stands for a text, or for two that are read together.</returns>
    public static string KeyOf(string? text, string? second) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(second is null ? text ?? "" : $"{text}\0{second}")));

    public bool Has(string key) => vectors.ContainsKey(key);

    /// <param name="key">See <see cref="KeyOf"/>.</param>
    /// <param name="vector">As wide as those before it.</param>
    public void Add(string key, ReadOnlySpan<float> vector)
    {
        Width = vector.Length;
        vectors[key] = vector.ToArray();
    }

    /// <summary>Writes all of them, under another name first: two runs at once lose nothing but work.</summary>
    public void Keep()
    {
        if (file is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var writing = $"{file}.{Path.GetRandomFileName()}.tmp";
        using (var stream = File.Create(writing))
        {
            stream.Write(BitConverter.GetBytes(Width));
            foreach (var (key, vector) in vectors)
            {
                stream.Write(Convert.FromHexString(key));
                stream.Write(MemoryMarshal.AsBytes<float>(vector));
            }
        }
        File.Move(writing, file, overwrite: true);
    }
}
