using System.Buffers.Binary;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Native;

/// <summary>The symbol versions that a 64-bit little-endian ELF library asks of others, read and changed in its bytes.</summary>
/// <remarks>System V ABI; "Symbol Versioning" of the Linux Standard Base, section 10.7 (Verneed, Vernaux).</remarks>
public sealed class ElfVersions
{
    const ushort Weak = 2;                                  // VER_FLG_WEAK
    const uint SymbolTable = 11, VersionNeeds = 0x6ffffffe, VersionOfSymbol = 0x6fffffff, Relocations = 4;

    readonly byte[] bytes;
    readonly (uint Type, int Offset, int Size, int Link)[] sections;

    /// <exception cref="InputException">The bytes are not such a library.</exception>
    public ElfVersions(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1 }))
            throw new InputException("TorchSharp's native library is not a 64-bit Linux library; restore the package again.");
        sections = new (uint, int, int, int)[U16(60)];
        for (int i = 0, at = (int)U64(40); i < sections.Length; i++, at += U16(58))
            sections[i] = (U32(at + 4), (int)U64(at + 24), (int)U64(at + 32), (int)U32(at + 40));
    }

    /// <returns>The names of the library's own symbols that carry the version.</returns>
    public IReadOnlyList<string> SymbolsOf(string version)
    {
        var number = U16(Entry(version) + 6);
        var versions = Section(VersionOfSymbol);
        return [.. Enumerable.Range(0, versions.Size / 2).Where(i => (U16(versions.Offset + 2 * i) & 0x7fff) == number).Select(SymbolName)];
    }

    /// <returns>Whether anything in the library refers to the symbol, so that the loader would have to find it.</returns>
    public bool IsRelocated(string symbol)
    {
        foreach (var (type, offset, size, _) in sections)
            if (type == Relocations)
                for (var at = offset; at < offset + size; at += 24)
                    if (U32(at + 12) is var number && number != 0 && SymbolName((int)number) == symbol) return true;
        return false;
    }

    /// <summary>Lets the loader go on when the version is missing.</summary>
    public void MakeWeak(string version)
    {
        var flags = bytes.AsSpan(Entry(version) + 4);
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
    }

    int Entry(string version)
    {
        var (_, need, _, link) = Section(VersionNeeds);
        while (true)
        {
            var entry = need + (int)U32(need + 8);
            for (var left = U16(need + 2); left > 0; left--, entry += (int)U32(entry + 12))
                if (Text(sections[link].Offset + (int)U32(entry + 8)) == version) return entry;
            if (U32(need + 12) == 0) throw new InputException($"The library does not ask for {version}.");
            need += (int)U32(need + 12);
        }
    }

    string SymbolName(int number)
    {
        var table = Section(SymbolTable);
        return Text(sections[table.Link].Offset + (int)U32(table.Offset + 24 * number));
    }

    (uint Type, int Offset, int Size, int Link) Section(uint type) =>
        sections.FirstOrDefault(s => s.Type == type) is { Size: > 0 } found ? found : throw new InputException("TorchSharp's native library has no symbol versions; restore the package again.");

    string Text(int at) => Encoding.ASCII.GetString(bytes.AsSpan(at)[..bytes.AsSpan(at).IndexOf((byte)0)]);

    ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
