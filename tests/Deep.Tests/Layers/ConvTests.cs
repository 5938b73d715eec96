using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class ConvTests
{
    [Theory]
    [InlineData(1, 1), InlineData(3, 1), InlineData(4, 2)]
    public void Its_maps_are_libtorch_s_and_lie_channels_last(int channels, int stride)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var conv = new Conv(channels, 6, 3, random, new(TrainingPrecision.Float32), stride);
        var pictures = randn([2, channels, 9, 8], generator: random.Host);

        var maps = conv.call(pictures);

        Assert.True(maps.allclose(nn.functional.conv2d(pictures, conv.get_parameter("weight")!, strides: [stride, stride], padding: [1, 1]), 1e-5, 1e-5));
        Assert.Equal(1, maps.stride()[1]);
    }

    [Fact]
    public void Slopes_reach_the_pictures_of_one_channel()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var conv = new Conv(1, 2, 3, random, new(TrainingPrecision.Float32));
        var pictures = randn([2, 1, 5, 4], requires_grad: true);
        var weight = conv.get_parameter("weight")!;

        conv.call(pictures).square().sum().backward();
        var ours = pictures.grad!.clone();
        pictures.grad!.zero_();
        nn.functional.conv2d(pictures, weight, strides: [1, 1], padding: [1, 1]).square().sum().backward();

        Assert.True(ours.allclose(pictures.grad!, 1e-4, 1e-4));
    }
}
