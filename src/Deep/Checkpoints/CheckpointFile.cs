using System.Text;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Weights from a file of any known format, told apart by its first bytes.</summary>
public static class CheckpointFile
{
    /// <returns>Owned by the caller.</returns>
    /// <exception cref="InputException">The file is missing, damaged, or of no known format.</exception>
    public static StateDict Read(string file)
    {
        if (!File.Exists(file)) throw new InputException($"There is no file {file}.");
        return Start(file) switch
        {
            [(byte)'P', (byte)'K', ..] or [0x80, >= 2 and <= 5, ..] => PyTorchFile.Read(file),
            [_, _, _, _, _, 0, 0, 0, (byte)'{', ..] => Safetensors(file),
            [0x08, ..] => OnnxFile.Read(file),
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => throw Unknown(file, "it is HDF5, as Keras writes. In Python, save its arrays as safetensors under their own names"),
            [(byte)'<', ..] => throw Unknown(file, "it is a web page, not weights: download the file itself"),
            var start when Encoding.ASCII.GetString(start).StartsWith("version https://git-lfs", StringComparison.Ordinal) =>
                throw Unknown(file, "it is a pointer of Git LFS, not the file: run git lfs pull, or download the file itself"),
            _ => throw Unknown(file, "its first bytes are of none of safetensors, PyTorch (.pt, .pth, .th) and ONNX"),
        };
    }

    static byte[] Start(string file)
    {
        var bytes = new byte[32];
        using var stream = File.OpenRead(file);
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    static StateDict Safetensors(string file)
    {
        var tensors = Checkpoints.Safetensors.Read(file, out var metadata);
        return new(file, tensors, metadata);
    }

    static InputException Unknown(string file, string why) => new($"{file} cannot be read as weights: {why}.");
}
