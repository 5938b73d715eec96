using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Learners;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>small.onnx (Checkpoints/make_onnx.py): a convolution, ReLU, mean and a linear layer.</summary>
public sealed class OnnxNetworkTests : IDisposable
{
    readonly PictureFolder folder = new();

    public OnnxNetworkTests()
    {
        Libtorch.Load();
        using var stream = typeof(OnnxNetworkTests).Assembly.GetManifestResourceStream("small.onnx")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        folder.With("small.onnx", bytes.ToArray());
    }

    public void Dispose() => folder.Dispose();

    OnnxNetwork Network => new() { File = folder["small.onnx"], Size = 8, Normalisation = Normalisation.PlusMinusOne };

    [Fact]
    public void Its_output_is_that_of_the_network_that_it_was_exported_from()
    {
        using var scope = NewDisposeScope();
        using var body = Network.Open(CPU, 1);

        var said = Assert.Single(body.Outputs(arange(96, float32).view(2, 3, 4, 4) / 100).Features);

        // PyTorch's own, as make_onnx.py computes it: the weights are a ramp, so the formula is short.
        Tensor Ramp(int length, int name, params long[] shape) => (arange(length, float32) / 10 - 1 + name / 100f).view(shape);
        var maps = nn.functional.conv2d(arange(96, float32).view(2, 3, 4, 4) / 100, Ramp(54, "conv.weight".Length, 2, 3, 3, 3), Ramp(2, "conv.bias".Length, 2), padding: [1, 1]).relu();
        var wanted = maps.mean([2, 3]).matmul(Ramp(4, "fc.weight".Length, 2, 2).T) + Ramp(2, "fc.bias".Length, 2);
        Assert.All(said.data<float>().ToArray().Zip(wanted.data<float>().ToArray()), p => Assert.Equal(p.Second, p.First, 1e-4f));
    }

    Dataset Rows()
    {
        for (var i = 0; i < 40; i++) folder.With($"{i}.png", PictureFolder.Plain(new((byte)(i * 6), (byte)(255 - i * 6), 128)));
        return new([new ImageColumn("picture", Enumerable.Range(0, 40).Select(i => (string?)$"{i}.png").ToArray(), new(folder.Path))],
            new(Target.Binary("y"), new(Enumerable.Range(0, 40).Select(i => i < 20 ? 0f : 1).ToArray(), 1), ["no", "yes"]));
    }

    [Fact]
    public void A_probe_learns_from_it()
    {
        var rows = Rows();

        using var model = new LinearProbe { From = Network, Sizes = [8], Views = TestViews.Plain }.Fit(rows, null, Some.Context);

        Assert.All(Enumerable.Range(0, 40).Where(i => i is < 12 or > 27), i => Assert.Equal(i >= 20, model.Predict(rows)[i, 0] > 0.5f));
    }

    [Fact]
    public void A_probe_beside_others_sees_what_each_of_them_sees_its_own_last()
    {
        var rows = Rows();
        var (own, other) = (new LinearProbe { From = Network, Sizes = [8], Views = TestViews.Plain }, new LinearProbe { From = Network, Sizes = [6], Views = TestViews.Plain });
        Matrix Seen(LinearProbe probe)
        {
            using var model = probe.Fit(rows, null, Some.Context);
            return ((ISeesPictures)model).Seen(rows);
        }

        var (both, first, second) = (Seen(own with { Beside = [other] }), Seen(other), Seen(own));

        Assert.All(Enumerable.Range(0, rows.Rows), row => Assert.Equal([.. first.Row(row), .. second.Row(row)], both.Row(row).ToArray()));
        Assert.Contains("no ONNX model at", (own with { Beside = [other with { From = Network with { File = folder["lost.onnx"] } }] }).Lacks);
    }

    [Fact]
    public void What_is_wrong_with_it_is_a_sentence()
    {
        folder.With("none.onnx", "no model");

        Assert.Contains("no ONNX model at", (Network with { File = folder["lost.onnx"] }).Lacks);
        Assert.Contains("cannot be run as an ONNX model", Assert.Throws<InputException>(() => (Network with { File = folder["none.onnx"] }).Open(CPU, 1)).Message);
        Assert.Contains("has no output 'pooled'; its outputs are 'logits'", Assert.Throws<InputException>(() => (Network with { Output = "pooled" }).Open(CPU, 1)).Message);
    }
}
