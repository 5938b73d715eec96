using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Learners;

namespace Kaggle.Tests.Deep.Vision;

/// <summary>What kept features and finished units are known by.</summary>
public sealed class FrozenIdentityTests : IDisposable
{
    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string Of(IFrozenNetwork network) => network.Identity;

    static string Unit(IFrozenNetwork network) => UnitKey.Settings(new LinearProbe { From = network }).ToJsonString();

    [Theory]
    [InlineData("onnx")]
    [InlineData("weights")]
    public void Other_bytes_of_the_same_length_and_other_settings_are_another_network(string kind)
    {
        folder.With("net.bin", "one");
        IFrozenNetwork Network() => kind == "onnx" ? new OnnxNetwork { File = folder["net.bin"] } : PretrainedModels.MobileNetV2Folded with { File = folder["net.bin"] };
        IFrozenNetwork Brightened() => Network() switch
        {
            OnnxNetwork onnx => onnx with { Normalisation = Normalisation.Caffe },
            Pretrained published => published with { Normalisation = Normalisation.Caffe },
            var other => other,
        };
        var (identity, unit) = (Of(Network()), Unit(Network()));
        Assert.Equal((identity, unit), (Of(Network()), Unit(Network())));
        Assert.NotEqual(identity, Of(Brightened()));
        Assert.NotEqual(unit, Unit(Brightened()));

        folder.With("net.bin", "two");

        Assert.NotEqual(identity, Of(Network()));
        Assert.NotEqual(unit, Unit(Network()));
    }

    [Fact]
    public void Published_weights_are_known_by_their_checksum_without_a_download()
    {
        var published = PretrainedModels.Named("resnet18");
        Assert.Contains("\"content\":\"f37072fd\"", Of(published));
        Assert.Contains("\"content\":\"f37072fd\"", UnitKey.Settings(new PictureNet { From = published }).ToJsonString());
    }

    [Fact]
    public void Files_that_an_onnx_model_keeps_weights_in_are_part_of_it()
    {
        static byte[] Field(int number, params byte[] content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];
        var location = Field(13, [.. Field(1, "location"u8.ToArray()), .. Field(2, "net.data"u8.ToArray())]);
        var length = Field(13, [.. Field(1, "length"u8.ToArray()), .. Field(2, "4"u8.ToArray())]);
        folder.With("net.onnx", [.. Field(7, Field(5, [.. Field(8, "w"u8.ToArray()), .. location, .. length]))]);
        folder.With("net.data", "1234");
        OnnxNetwork network = new() { File = folder["net.onnx"] };

        Assert.Equal([folder["net.onnx"], folder["net.data"]], OnnxFile.Parts(network.File));
        var before = Of(network);
        folder.With("net.data", "4321");
        Assert.NotEqual(before, Of(network));

        folder.With("net.onnx", "no model");
        Assert.Equal([folder["net.onnx"]], OnnxFile.Parts(network.File));
    }
}
