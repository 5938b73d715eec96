using System.Runtime.InteropServices;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Native;

public sealed unsafe class MklInstructionsTests
{
    public MklInstructionsTests() => Libtorch.Load();

    [Fact]
    public void On_amds_processors_with_avx512_its_kernels_are_taken()
    {
        Assert.SkipUnless(AmdProcessor.IsHere, "Only MKL on an AMD processor with AVX-512 needs to be told.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MKL_ENABLE_INSTRUCTIONS") is null, "MKL is held back by its own variable.");
        using (NewDisposeScope()) rand(8, 8).mm(rand(8, 8));
        var library = NativeLibrary.Load(Path.Combine(Libtorch.Folder!, LibtorchMemory.Library));
        var kernels = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "mkl_serv_cpu_detect");

        const int Avx2 = 5;
        Assert.True(kernels() > Avx2, $"MKL takes its kernels {kernels()}.");
    }

    [Theory, InlineData(1, 1, 1), InlineData(7, 5, 3), InlineData(64, 64, 64), InlineData(1024, 30, 200), InlineData(33, 1000, 17)]
    public void A_product_of_float32_is_that_of_float64(int rows, int between, int columns)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand([rows, between], float64) - 0.5, rand([between, columns], float64) - 0.5);

        var product = a.to(float32).mm(b.to(float32));

        Assert.InRange((product.to(float64) - a.mm(b)).abs().max().item<double>(), 0, 1e-5 * Math.Sqrt(between));
    }

    [Fact]
    public void A_system_of_equations_is_solved()
    {
        using var scope = NewDisposeScope();
        var (a, x) = (eye(40) * 5 + rand(40, 40), rand(40, 3));

        Assert.InRange((linalg.solve(a, a.mm(x)) - x).abs().max().item<float>(), 0, 1e-4);
    }

    [Fact]
    public void A_fourier_transform_comes_back()
    {
        using var scope = NewDisposeScope();
        var x = rand(6, 96);

        Assert.InRange((fft.irfft(fft.rfft(x), 96) - x).abs().max().item<float>(), 0, 1e-5);
    }
}
