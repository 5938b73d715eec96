using Kaggle.Core.Data;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

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

    public string? Lacks => System.IO.File.Exists(File) ? null : $"There is no ONNX model at {Path.GetFullPath(File)}.";

    public string Identity => $"onnx {Name} {Output} {new FileInfo(File) switch { { Exists: true } there => there.Length, _ => 0 }}";

    public IFrozenBody Open(Device device, int threads) => new Session(this, threads);

    sealed class Session : IFrozenBody
    {
        readonly InferenceSession session;
        readonly string input, output;

        public Session(OnnxNetwork network, int threads)
        {
            if (network.Lacks is { } missing) throw new InputException(missing);
            using var options = new SessionOptions { IntraOpNumThreads = threads };
            try
            {
                session = new(network.File, options);
            }
            catch (OnnxRuntimeException cause)
            {
                throw new InputException($"{network.File} cannot be run as an ONNX model: {cause.Message}", cause);
            }
            var inputs = session.InputMetadata;
            if (inputs.Count != 1 || inputs.Values.Single() is not { ElementDataType: Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, Dimensions.Length: 4 })
                throw Refused($"{network.File} does not take one input of pictures, (batch, 3, height, width) float32; it takes {Listed(inputs)}.");
            input = inputs.Keys.Single();
            output = network.Output ?? session.OutputNames[0];
            if (!session.OutputMetadata.TryGetValue(output, out var said))
                throw Refused($"{network.File} has no output '{output}'; its outputs are {Listed(session.OutputMetadata)}.");
            if (said is not { ElementDataType: Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, Dimensions.Length: >= 2 and <= 4 })
                throw Refused($"Output '{output}' of {network.File} is {Listed(session.OutputMetadata)}; features are (batch, features), (batch, tokens, features) or (batch, features, height, width) float32.");
        }

        public IMapsPictures? Halves => null;

        public IReadOnlyList<Tensor> Features(Tensor pictures)
        {
            using var scope = NewDisposeScope();
            var values = pictures.cpu().contiguous().data<float>().ToArray();
            using var taken = OrtValue.CreateTensorValueFromMemory(values, pictures.shape);
            using var run = new RunOptions();
            using var results = session.Run(run, [input], [taken], [output]);
            var said = tensor(results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
            return [(said.dim() switch { 4 => said.mean([2, 3]), 3 => said.mean([1]), _ => said }).MoveToOuterDisposeScope()];
        }

        public void Dispose() => session.Dispose();

        InputException Refused(string sentence)
        {
            session.Dispose();
            return new(sentence);
        }

        static string Listed(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
            string.Join(", ", nodes.Select(n => $"'{n.Key}' {(n.Value.IsTensor ? $"({string.Join(", ", n.Value.Dimensions.Select(d => d < 0 ? "?" : $"{d}"))}) {n.Value.ElementDataType}" : "no tensor")}"));
    }
}
