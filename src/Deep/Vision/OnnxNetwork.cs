using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Kaggle.Deep.Vision;

/// <summary>Any ONNX model over pictures, asked by OnnxRuntime for one of its outputs.</summary>
/// <remarks>One input, (batch, 3, side, side) float32. Outputs (batch, features) are taken as they are; maps and tokens are averaged.</remarks>
public sealed record OnnxNetwork : IFrozenNetwork
{
    /// <summary>The path of the model.</summary>
    public required string File { get; init; }

    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>Which of its outputs are the features; null: the first.</summary>
    public string? Output { get; init; }

    public Normalisation Normalisation { get; init; } = Normalisation.ImageNet;

    public int Size { get; init => field = Require.AtLeast(8, value); } = 224;

    public string? Lacks => OnnxGraph.Lacking(File);

    string IFollowsFromFiles.Content => string.Join(' ', OnnxFile.Parts(File).Where(System.IO.File.Exists).Select(RememberedHashes.OfUser().Of));

    // It is a file of the user's, and Lacks says where it is not there.
    void IFollowsFromFiles.Fetch(IProgress<FetchProgress> progress, CancellationToken cancel) { }

    public IFrozenBody Open(Device device, int threads) => new Session(this, threads);

    sealed class Session : IFrozenBody
    {
        readonly OnnxGraph graph;
        readonly string input, output;

        public Session(OnnxNetwork network, int threads)
        {
            graph = new(network.File, threads);
            if (graph.Inputs.Count != 1 || graph.Inputs.Values.Single() is not { ElementDataType: TensorElementType.Float, Dimensions.Length: 4 })
                throw graph.Refused($"{network.File} does not take one input of pictures, (batch, 3, height, width) float32; it takes {graph.Taken}.");
            (input, output) = (graph.Inputs.Keys.Single(), network.Output ?? graph.Outputs[0]);
            graph.Expect(output, 4, "features are (batch, features), (batch, tokens, features) or (batch, features, height, width) float32");
        }

        public IMapsPictures? Halves => null;

        public FrozenOutputs Outputs(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            var said = graph.Run(output, (input, pictures));
            return new([(said.dim() switch { 4 => said.mean([2, 3]), 3 => said.mean([1]), _ => said }).MoveToOuterDisposeScope()]);
        }

        public void Dispose() => graph.Dispose();
    }
}
