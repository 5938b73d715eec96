using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

public class InputChannelsTests
{
    public InputChannelsTests() => Libtorch.Load();

    static readonly ResNet9 architecture = new() { Width = 4 };

    static PictureNetwork Built(int channels, Randomness random) => architecture.Build(channels, 0, random, new(TrainingPrecision.Float32));

    static (string Name, Tensor Kernel) First(PictureNetwork network) => network.state_dict().Where(t => t.Value.dim() == 4).Select(t => (t.Key, t.Value)).First();

    /// <returns>The first kernels of three colours, and what they become for pictures of other channels.</returns>
    static (Tensor Stored, Tensor Brought) Kernels(int channels)
    {
        using var random = new Randomness(1, CPU);
        using var published = Built(3, random);
        var stored = First(published).Kernel.detach().clone();
        using var checkpoint = new StateDict("a test", published.state_dict().ToDictionary(t => t.Key, t => t.Value.detach().clone()));
        using var brought = architecture.Load(checkpoint, channels, 0, random, new(TrainingPrecision.Float32));
        return (stored, First(brought).Kernel.detach().clone());
    }

    static float[] Values(Tensor x) => x.contiguous().data<float>().ToArray();

    [Fact]
    public void Grey_sees_the_sum_of_the_three_kernels()
    {
        using var scope = NewDisposeScope();
        var (stored, brought) = Kernels(1);

        Assert.Equal([stored.shape[0], 1, 3, 3], brought.shape);
        Assert.All(Values(brought).Select((v, i) => (v, i)), p => Assert.Equal(Enumerable.Range(0, 3).Sum(c => Values(stored)[p.i / 9 * 27 + 9 * c + p.i % 9]), p.v, 1e-6f));
    }

    [Fact]
    public void Two_channels_see_the_first_two_at_one_and_a_half()
    {
        using var scope = NewDisposeScope();
        var (stored, brought) = Kernels(2);

        Assert.Equal([stored.shape[0], 2, 3, 3], brought.shape);
        Assert.All(Values(brought).Select((v, i) => (v, i)), p => Assert.Equal(1.5f * Values(stored)[p.i / 18 * 27 + p.i % 18], p.v, 1e-6f));
    }

    [Fact]
    public void Channels_after_the_third_see_nothing_yet()
    {
        using var scope = NewDisposeScope();
        var (stored, brought) = Kernels(5);

        Assert.Equal([stored.shape[0], 5, 3, 3], brought.shape);
        Assert.All(Values(brought).Select((v, i) => (v, i)), p => Assert.Equal(p.i % 45 < 27 ? Values(stored)[p.i / 45 * 27 + p.i % 45] : 0, p.v));
    }

    [Fact]
    public void Weights_for_other_pictures_than_coloured_ones_are_refused()
    {
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        using var published = Built(2, random);
        using var checkpoint = new StateDict("a test", published.state_dict().ToDictionary(t => t.Key, t => t.Value.detach().clone()));

        Assert.Contains("made for pictures of 2 channels", Assert.Throws<InputException>(() => architecture.Load(checkpoint, 1, 0, random, new(TrainingPrecision.Float32))).Message);
    }
}
