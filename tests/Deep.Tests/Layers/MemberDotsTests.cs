using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class MemberDotsTests
{
    [Theory]
    [InlineData(1, 8, ScalarType.Float32)]
    [InlineData(3, 21, ScalarType.Float32)]
    [InlineData(1, 21, ScalarType.BFloat16)]
    [InlineData(3, 16, ScalarType.BFloat16)]
    public void Values_and_slopes_are_those_of_the_matrix_products(int outputs, int inputs, ScalarType type)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(2, CPU);
        var x = randn(17, 5, inputs, generator: random.Host).to(type).requires_grad_();
        var weight = randn(5, outputs, inputs, generator: random.Host).requires_grad_();
        var slope = randn(17, 5, outputs, generator: random.Host);
        var said = MemberDots.Of(x, weight);
        said.backward([slope]);

        var (x2, weight2) = (x.detach().to(float32).requires_grad_(), weight.detach().clone().requires_grad_());
        var expected = (x2.unsqueeze(2) * weight2).sum([3]);
        expected.backward([slope]);
        foreach (var (a, b, most) in new[] { (expected, said, 1e-5), (x2.grad!, x.grad!, type == ScalarType.BFloat16 ? 0.01 : 1e-5), (weight2.grad!, weight.grad!, 1e-5) })
            Assert.Equal(0, ((a - b.to(float32)).abs() / (1 + a.abs())).max().item<float>(), most);
    }
}
