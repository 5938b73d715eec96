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
}
