using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class PiecewiseLinearEmbeddingsTests
{
    [Fact]
    public void A_column_that_is_mostly_zero_has_bins_for_the_rest()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var layer = new PiecewiseLinearEmbeddings(1, 10, 1, random);
        layer.Fit(cat([zeros(900, 1), linspace(1, 100, 100).unsqueeze(1)]));
        // Ten bins, one of them from 0 to 1; plain quantiles would give one bin in all.
        Assert.Equal(10, layer.state_dict()["bin_scale"].ne(0).sum().item<long>());
    }

    [Fact]
    public void Few_values_have_an_edge_each()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var random = new Randomness(1, CPU);
        var layer = new PiecewiseLinearEmbeddings(1, 10, 1, random);
        layer.Fit(tensor(new[] { 1f, 2, 2, 2, 2, 5, 7 }).unsqueeze(1));
        Assert.Equal([1f, 1 / 3f, 0.5f, 0], layer.state_dict()["bin_scale"].flatten().narrow(0, 0, 4).data<float>().ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    public void While_training_it_says_and_learns_what_the_product_with_the_bins_does(int width)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        using var layer = new PiecewiseLinearEmbeddings(4, 12, width, random);
        var x = randn(200, 4, generator: random.Host);
        using (no_grad())
        {
            x.select(1, 1).fill_(3);                                              // of no use: no bin
            x.select(1, 2).copy_(x.select(1, 2).gt(0).to(float32));               // one bin
            x.select(1, 3).copy_(x.select(1, 3).round());                         // a few
            layer.Fit(x);
            layer.get_parameter("weight")!.normal_(0, 1, random.Host);
        }
        var beyond = x * 2;                                                       // further out than any edge
        var slope = randn(200, 4 * width, generator: random.Host);
        (Tensor Said, Tensor[] Slopes) Pass(bool training)
        {
            layer.train(training);
            layer.zero_grad();
            var said = layer.call(beyond);
            said.backward([slope]);
            return (said.detach(), [.. layer.parameters().Select(p => p.grad!.clone())]);
        }
        var (product, pass) = (Pass(false), Pass(true));
        foreach (var (a, b) in product.Slopes.Zip(pass.Slopes).Append((product.Said, pass.Said)))
            Assert.Equal(0, ((a - b).abs() / (1 + a.abs())).max().item<float>(), 1e-4f);
    }
}
