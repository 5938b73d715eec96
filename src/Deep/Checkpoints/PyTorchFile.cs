using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Checkpoints;

/// <summary>The state dicts in PyTorch's files (.pt, .pth, .th), both formats of torch.save: tensors only, nothing in a file is ever run.</summary>
/// <remarks>
/// Since PyTorch 1.6 a zip archive: data.pkl and a file of raw numbers for each storage. Before: five pickles one after the other (a magic
/// number, the version, the machine, the objects, the storages' keys), then for each storage its count and its numbers.
/// </remarks>
public static class PyTorchFile
{
    const int LongestPickle = 100_000_000;

    static readonly BigInteger oldMagic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    /// <exception cref="InputException">The file is missing, damaged, not a state dict, or asks to run something.</exception>
    public static StateDict Read(string file)
    {
        if (!File.Exists(file)) throw new InputException($"There is no file {file}.");
        using var stream = File.OpenRead(file);
        try
        {
            return IsZip(stream) ? ReadZip(file, stream) : ReadOld(file, stream);
        }
        catch (PickleException e)
        {
            throw new InputException($"{file} cannot be read as PyTorch weights: {e.Message}.", e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw new InputException($"{file} cannot be read as PyTorch weights: it is damaged or cut short. Download it again.", e);
        }
    }

    static bool IsZip(FileStream stream)
    {
        Span<byte> start = stackalloc byte[2];
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == 2 && start[0] == 'P' && start[1] == 'K';
    }

    static StateDict ReadZip(string file, FileStream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        var pickle = zip.Entries.FirstOrDefault(e => e.Name == "data.pkl") ?? throw new PickleException("it is a zip archive without data.pkl");
        var root = pickle.FullName[..^"data.pkl".Length];
        if (zip.GetEntry(root + "constants.pkl") is not null) throw new PickleException("it is a TorchScript program, not a state dict. Load it in Python and save its state_dict()");
        if (zip.GetEntry(root + "byteorder") is { } order && Encoding.ASCII.GetString(Contents(order, 16)) != "little") throw new PickleException("its numbers are big-endian");
        using var pickled = new MemoryStream(Contents(pickle, LongestPickle));
        var state = PyTorchState.Of(new PickleMachine(pickled, new PyTorchObjects()).Read());
        foreach (var storage in state.Storages) Numbers(storage).Dispose();             // all are there before memory is asked for
        return state.Load(file, (storage, bytes) =>
        {
            using var numbers = Numbers(storage);
            numbers.ReadExactly(bytes);
        });

        Stream Numbers(PyTorchStorage storage) =>
            Open(zip.GetEntry($"{root}data/{storage.Key}") ?? throw new PickleException($"its numbers '{storage.Key}' are missing"), storage.Bytes);
    }

    static byte[] Contents(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most) throw new PickleException($"its {entry.Name} is longer than {most} bytes");
        using var stream = Open(entry, entry.Length);
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // torch.save never compresses; an entry that says so could unpack to any size.
    static Stream Open(ZipArchiveEntry entry, long bytes) =>
        entry.CompressedLength == entry.Length && entry.Length >= bytes ? entry.Open() : throw new InvalidDataException();

    static StateDict ReadOld(string file, FileStream stream)
    {
        if (Next() is not BigInteger magic || magic != oldMagic) throw new PickleException("it does not begin as torch.save begins");
        Next();                                                                        // the format's version: there was one
        if (Next() is not PickleDictionary machine || machine.Named.GetValueOrDefault("little_endian") is not true) throw new PickleException("its numbers are big-endian");
        var objects = new PyTorchObjects();
        var state = PyTorchState.Of(Next(objects));
        var places = Places(stream, objects.Storages, Next() as List<object?> ?? []);
        return state.Load(file, (storage, bytes) =>
        {
            if (!places.TryGetValue(storage.Key, out var place)) throw new PickleException($"its numbers '{storage.Key}' are missing");
            stream.Position = place;
            stream.ReadExactly(bytes);
        });

        object? Next(PyTorchObjects? of = null) => new PickleMachine(stream, of ?? new()).Read();
    }

    static Dictionary<string, long> Places(FileStream stream, Dictionary<string, PyTorchStorage> storages, List<object?> keys)
    {
        var places = new Dictionary<string, long>();
        var count = new byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw new InvalidDataException();
            stream.ReadExactly(count);
            if (BitConverter.ToInt64(count) != storage.Count || storage.Bytes > stream.Length - stream.Position) throw new InvalidDataException();
            places[name] = stream.Position;
            stream.Position += storage.Bytes;
        }
        return places;
    }
}
