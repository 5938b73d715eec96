using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class ParametricActivationTests
{
    [Theory]
    [InlineData(true, 16)]
    [InlineData(true, 13)]
    [InlineData(false, 16)]
    [InlineData(false, 5)]
    public void Values_and_slopes_are_those_of_libtorchs_activations(bool mish, int units)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        using var layer = new ParametricActivation(units, mish);
        var share = layer.get_parameter("share")!;
        using (no_grad()) share.normal_(1, 0.5, random.Host);
        var x = (randn(40, units, generator: random.Host) * 4).requires_grad_();
        using (no_grad()) x[0, 0] = 90;                                                  // where an exponential of it is infinite
        var slope = randn(40, units, generator: random.Host);
        var said = layer.call(x);
        said.backward([slope]);

        var (x2, share2) = (x.detach().clone().requires_grad_(), share.detach().clone().requires_grad_());
        var expected = x2 + share2 * ((mish ? nn.functional.mish(x2) : nn.functional.selu(x2)) - x2);
        expected.backward([slope]);
        foreach (var (a, b) in new[] { (expected, said), (x2.grad!, x.grad!), (share2.grad!, share.grad!) })
            Assert.Equal(0, ((a - b).abs() / (1 + a.abs())).max().item<float>(), 1e-5f);
    }
}
