using Kaggle.Core.Data;
using Kaggle.Core.Runs;

namespace Kaggle.Tests.Core.Runs;

public sealed class NpyTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    string File_ => Path.Combine(folder, "matrix.npy");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_to_the_bit()
    {
        var values = new[] { 1.5f, -0f, float.Epsilon, float.NaN, 3.4e38f, 1 / 3f };
        Npy.Write(File_, new(values, 3));

        var read = Npy.Read(File_);

        Assert.Equal((2, 3), (read.Rows, read.Columns));
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void No_rows_are_a_matrix_too()
    {
        Npy.Write(File_, new(Array.Empty<float>(), 4));
        Assert.Equal((0, 4), (Npy.Read(File_).Rows, Npy.Read(File_).Columns));
    }

    [Fact]
    public void The_header_is_numpys_own()
    {
        // The bytes numpy.save writes before the data of a (2, 1) float32 array (NumPy 1.24).
        Npy.Write(File_, new(new[] { 1f, 2f }, 1));
        var bytes = File.ReadAllBytes(File_);
        Assert.Equal("\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", System.Text.Encoding.Latin1.GetString(bytes, 0, 69));
        Assert.Equal((byte)'\n', bytes[127]);
        Assert.Equal(128 + 8, bytes.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(130)]
    public void A_file_cut_short_is_refused(int length)
    {
        Npy.Write(File_, new(new[] { 1f, 2f }, 1));
        File.WriteAllBytes(File_, File.ReadAllBytes(File_)[..length]);
        Assert.Throws<InputException>(() => Npy.Read(File_));
    }
}
