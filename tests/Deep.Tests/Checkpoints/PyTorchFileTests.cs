using System.IO.Compression;
using System.Text;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Deep.Checkpoints;

/// <summary>On files that PyTorch wrote (make_torch_files.py), and on files that mean harm.</summary>
public class PyTorchFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public PyTorchFileTests() => Libtorch.Load();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, InlineData("state.pt"), InlineData("state-old.pt")]
    public void Both_formats_of_torch_save_are_read(string name)
    {
        using var state = CheckpointFile.Read(Made(name));
        Assert.Equal(["brain", "bytes", "double", "empty", "half", "mask", "parameter", "steps", "tail", "transposed", "weight"], state.Keys.Order());
        Assert.Equal([3, 4], state["weight"].shape);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), state["weight"].data<float>().ToArray());
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], state["transposed"].contiguous().data<float>().ToArray());
        Assert.Equal([8f, 9, 10, 11], state["tail"].data<float>().ToArray());
        Assert.Equal((torch.float16, torch.bfloat16), (state["half"].dtype, state["brain"].dtype));
        Assert.All([state["half"], state["brain"]], t => Assert.Equal([1.5f, -2], t.to(torch.float32).data<float>().ToArray()));
        Assert.Equal(0.1, state["double"].item<double>());
        Assert.Equal(7, state["steps"].item<long>());
        Assert.Equal([true, false], state["mask"].data<bool>().ToArray());
        Assert.Equal([1, 255], state["bytes"].data<byte>().ToArray());
        Assert.Equal([0, 4], state["empty"].shape);
        Assert.Equal(3f, state["parameter"].item<float>());
    }

    [Theory, InlineData("training.pt"), InlineData("training-old.pt")]
    public void The_weights_among_a_training_s_other_things_are_found(string name)
    {
        using var state = CheckpointFile.Read(Made(name));
        Assert.Equal(["module.weight"], state.Keys);
        Assert.Equal(("3", "0.5", "tiny"), (state.Metadata["epoch"], state.Metadata["best"], state.Metadata["arch"]));
        NameMap.Unwrap(state);
        Assert.Equal(["weight"], state.Keys);
    }

    [Fact]
    public void The_published_old_file_is_the_safetensors_made_from_it()
    {
        using var old = CheckpointFile.Read(Vision.RealWeights.File("resnet20-12fca82f.th"));
        using var made = CheckpointFile.Read(Vision.RealWeights.File("resnet20_cifar10.safetensors"));
        NameMap.Unwrap(old);
        Assert.Equal(91.78, double.Parse(old.Metadata["best_prec1"], System.Globalization.CultureInfo.InvariantCulture), 1e-4);
        Assert.All(made.Keys, key => Assert.True(made[key].equal(old[key]).all().item<bool>(), key));
    }

    [Theory]
    [InlineData("module.pt", "torch.nn.modules.linear.Linear")]
    [InlineData("script.pt", "TorchScript")]
    public void What_holds_a_program_is_refused(string name, string told) => Assert.Contains(told, Refused(Made(name)));

    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0echotR.", "os.system")]                            // a call
    [InlineData("cbuiltins\neval\n.", "builtins.eval")]                                       // only a name
    [InlineData("\u008c\u0005posix\u008c\u0006system\u0093.", "posix.system")]                // the newer way to name it
    [InlineData("ctorch\nload\n.", "torch.load")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "damaged")]                         // an allowed name without its arguments
    [InlineData("(((((.", "damaged")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f", "damaged")]                                      // a text of two gigabytes
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "damaged")]         // of more than there can be
    [InlineData("h\u0007.", "damaged")]                                                       // a memory that was never written
    [InlineData("ifoo\nbar\n.", "0x69")]                                                      // an opcode of protocol 0 that makes objects
    [InlineData("N.", "nothing")]
    [InlineData("}.", "none of them")]
    [InlineData("", "damaged")]
    public void A_pickle_that_means_harm_or_nothing_is_a_sentence(string pickle, string told)
    {
        Assert.Contains(told, Refused(Zip(("data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]))));
        Assert.Contains("cannot be read", Refused(Write("old.pt", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)])));
    }

    [Theory]
    [InlineData(1000, 4, 1, "claims more numbers")]
    [InlineData(4, 4, 0, null)]                                                               // stride 0 within what is there
    [InlineData(5, 4, 0, "claims more numbers")]                                              // a stride of 0 could claim any number
    [InlineData(2, 4, 3, null)]
    [InlineData(2, 4, 4, "claims more numbers")]
    [InlineData(4, 100, 1, "damaged")]                                                        // the storage says more than its file has
    public void A_tensor_must_lie_in_its_storage(int length, int count, int stride, string? told)
    {
        byte[] pickle =
        [
            0x80, 2, .. "}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuJ"u8, .. BitConverter.GetBytes(count),
            .. "tQK\0J"u8, .. BitConverter.GetBytes(length), 0x85, (byte)'K', (byte)stride, 0x85, 0x89, (byte)'}', (byte)'t', (byte)'R', (byte)'s', (byte)'.',
        ];
        var file = Zip(("a/data.pkl", pickle), ("a/data/0", new byte[16]));
        if (told is not null)
        {
            Assert.Contains(told, Refused(file));
            return;
        }
        using var state = PyTorchFile.Read(file);
        Assert.Equal([length], state["w"].shape);
    }

    [Theory]
    [InlineData(6, false, null)]                                                              // tied weights, and copies of them
    [InlineData(200, false, "again and again")]
    [InlineData(200, true, "its storages claim")]                                             // each name with a storage of its own length over the same bytes
    public void Names_for_the_same_numbers_are_no_way_to_fill_the_memory(int names, bool ofOtherLengths, string? told)
    {
        const int count = 4096;
        using var all = new MemoryStream();
        all.Write([0x80, 2, (byte)'}', (byte)'(']);
        for (var i = 0; i < names; i++)
        {
            var length = ofOtherLengths ? count - i : count;
            byte[] one =
            [
                (byte)'X', 4, 0, 0, 0, .. Encoding.ASCII.GetBytes($"{i:0000}"), .. "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuJ"u8, .. BitConverter.GetBytes(length),
                .. "tQK\0J"u8, .. BitConverter.GetBytes(length), 0x85, (byte)'K', 1, 0x85, 0x89, (byte)'}', (byte)'t', (byte)'R',
            ];
            all.Write(one);
        }
        all.Write("u."u8);
        var file = Zip(("a/data.pkl", all.ToArray()), ("a/data/0", new byte[count * sizeof(float)]));
        if (told is not null)
        {
            Assert.Contains(told, Refused(file));
            return;
        }
        using var state = PyTorchFile.Read(file);
        Assert.Equal(names, state.Keys.Count);
    }

    [Fact]
    public void Numbers_that_would_unpack_to_more_than_they_are_get_refused()
    {
        var file = Path.Combine(folder, "bomb.pt");
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("a/data.pkl", CompressionLevel.SmallestSize).Open())
            entry.Write(new byte[1_000_000]);
        Assert.Contains("damaged", Refused(file));
    }

    [Theory]
    [InlineData("state.pt")]
    [InlineData("state-old.pt")]
    public void A_file_cut_anywhere_is_a_sentence(string name)
    {
        var whole = File.ReadAllBytes(Made(name));
        for (var length = 0; length < whole.Length; length += 97)
            Assert.Contains("cannot be read", Refused(Write("cut.pt", whole[..length])));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS")]
    [InlineData("\u0089HDF\r\n", "HDF5")]
    [InlineData("hello", "first bytes")]
    [InlineData("", "first bytes")]
    public void Other_files_are_named_for_what_they_are(string start, string told) =>
        Assert.Contains(told, Refused(Write("other", Encoding.Latin1.GetBytes(start))));

    static string Refused(string file) => Assert.Throws<InputException>(() => CheckpointFile.Read(file)).Message;

    string Made(string name)
    {
        using var stream = typeof(PyTorchFileTests).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Write(name, bytes);
    }

    string Write(string name, byte[] bytes)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    string Zip(params (string Name, byte[] Bytes)[] entries)
    {
        var file = Path.Combine(folder, Path.GetRandomFileName());
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
        return file;
    }
}
