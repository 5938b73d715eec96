using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class DropoutTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void It_zeroes_its_share_independently_and_keeps_the_mean(double share)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var dropout = new Dropout(share, random);
        dropout.train();
        var x = dropout.call(ones(1000, 999));                                     // no multiple of 8
        var dropped = x.eq(0).to(float64);
        Assert.Equal(share, dropped.mean().item<double>(), 0.003);
        Assert.Equal(1, x.mean().item<float>(), 0.02f);
        // Neighbours come from one word, rows from others: neither tells of the other.
        Assert.Equal(share * share, (dropped.narrow(1, 0, 998) * dropped.narrow(1, 1, 998)).mean().item<double>(), 0.004);
        Assert.Equal(share * share, (dropped.narrow(0, 0, 999) * dropped.narrow(0, 1, 999)).mean().item<double>(), 0.004);
        dropout.eval();
        Assert.Equal(1, dropout.call(ones(10, 10)).min().item<float>());
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Rectified_in_one_pass_is_relu_then_dropout_and_so_is_its_slope(ScalarType type)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        (Tensor Said, Tensor Slope) Pass(Func<Dropout, Tensor, Tensor> of)
        {
            using var random = new Randomness(3, CPU);
            var x = randn(31, 13, generator: random.Host).to(type).requires_grad_();
            var said = of(new Dropout(0.3, random), x);
            said.backward([arange(31 * 13).view(31, 13).to(type)]);
            return (said.detach().to(float32), x.grad!.to(float32));
        }
        var (one, two) = (Pass((dropout, x) => dropout.Rectified(x)), Pass((dropout, x) => dropout.call(nn.functional.relu(x))));
        var most = type == ScalarType.Float32 ? 0 : 0.01;                         // in bfloat16 the factor itself is rounded
        Assert.InRange(((two.Said - one.Said).abs() / (1 + two.Said.abs())).max().item<float>(), 0, most);
        Assert.InRange(((two.Slope - one.Slope).abs() / (1 + two.Slope.abs())).max().item<float>(), 0, most);
        Assert.InRange(one.Said.eq(0).to(float32).mean().item<float>(), 0.5f, 0.8f);
    }
}
