using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class MemberScaleTests
{
    [Theory]
    [InlineData(8, ScalarType.Float32)]
    [InlineData(21, ScalarType.Float32)]
    [InlineData(21, ScalarType.BFloat16)]
    public void Values_and_slopes_are_those_of_the_product(int inputs, ScalarType type)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(2, CPU);
        var x = randn(17, inputs, generator: random.Host).to(type).requires_grad_();
        var scale = randn(5, inputs, generator: random.Host).to(type).requires_grad_();
        var slope = randn(17, 5, inputs, generator: random.Host).to(type);
        var said = MemberScale.Of(x, scale);
        said.backward([slope]);

        var (x2, scale2) = (x.detach().to(float32).requires_grad_(), scale.detach().to(float32).requires_grad_());
        var expected = x2.unsqueeze(1) * scale2;
        expected.backward([slope.to(float32)]);
        var most = type == ScalarType.BFloat16 ? 0.01 : 1e-5;
        foreach (var (a, b) in new[] { (expected, said), (x2.grad!, x.grad!), (scale2.grad!, scale.grad!) })
        {
            Assert.Equal(type, b.dtype);
            Assert.Equal(0, ((a - b.to(float32)).abs() / (1 + a.abs())).max().item<float>(), most);
        }
    }
}
