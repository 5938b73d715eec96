using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class RowNormTests
{
    [Theory]
    [InlineData(8, false, ScalarType.Float32)]
    [InlineData(13, false, ScalarType.Float32)]
    [InlineData(30, true, ScalarType.Float32)]
    [InlineData(3, true, ScalarType.Float32)]
    [InlineData(21, false, ScalarType.BFloat16)]
    [InlineData(21, true, ScalarType.BFloat16)]
    public void It_norms_and_goes_back_as_libtorch_does(int columns, bool rectify, ScalarType type)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(5, CPU);
        var x = (randn(57, columns, generator: random.Host) * 3 + 1).to(type).requires_grad_();
        var slope = randn(57, columns, generator: random.Host).to(type);
        using var norm = new RowNorm(columns, rectify);
        var (weight, bias) = (norm.get_parameter("weight")!, norm.get_parameter("bias")!);
        using (no_grad())
        {
            weight.normal_(1, 0.5, random.Host);
            bias.normal_(0, 0.5, random.Host);
        }
        var said = norm.call(x);
        Assert.Equal(type, said.dtype);
        said.backward([slope]);

        var other = x.detach().clone().to(float32).requires_grad_();
        var (w, b) = (weight.detach().clone().requires_grad_(), bias.detach().clone().requires_grad_());
        var (mean, variance) = (zeros(columns), ones(columns));
        var expected = nn.functional.batch_norm(rectify ? nn.functional.relu(other) : other, mean, variance, w, b, training: true);
        expected.backward([slope.to(float32)]);

        var most = type == ScalarType.BFloat16 ? 0.02 : 2e-5;
        Same(expected, said, most);
        Same(other.grad!, x.grad!, most);
        Same(w.grad!, weight.grad!, most);
        Same(b.grad!, bias.grad!, most);
        Same(mean, norm.get_buffer("running_mean")!, 1e-5);
        Same(variance, norm.get_buffer("running_var")!, 1e-5);

        norm.eval();
        using var untracked = no_grad();
        Same(nn.functional.batch_norm(rectify ? nn.functional.relu(other) : other, mean, variance, w, b, training: false), norm.call(x), most);
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var norm = new RowNorm(9, rectify: true);
        var x = ones(16, 9);
        x[3, 2] = float.NaN;
        x[3, 8] = float.NaN;
        var said = norm.call(x);
        Assert.All(new[] { 2, 8 }, column => Assert.True(said.select(1, column).isnan().all().item<bool>()));
        Assert.True(said.select(1, 0).isfinite().all().item<bool>());
    }

    [Fact]
    public void Nothing_of_a_pass_outlives_it()
    {
        Libtorch.Load();
        using var norm = new RowNorm(256, rectify: true);
        using var random = new Randomness(1, CPU);
        using var dropout = new Dropout(0.5, random);
        using var x = randn(1024, 256);
        x.requires_grad_();
        void Step()
        {
            using var scope = NewDisposeScope();
            dropout.Rectified(norm.call(x)).sum().backward();
        }
        for (var i = 0; i < 50; i++) Step();
        var before = Environment.WorkingSet;
        for (var i = 0; i < 300; i++) Step();                                    // a megabyte each, if one thing stayed
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100_000_000);
    }

    static void Same(Tensor expected, Tensor said, double most) =>
        Assert.Equal(0, ((expected - said.to(float32)).abs() / (1 + expected.abs())).max().item<float>(), most);
}
