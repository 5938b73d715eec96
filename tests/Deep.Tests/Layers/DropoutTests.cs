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
}
