using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Kaggle.Deep.Text;

/// <summary>Any text encoder as an ONNX file, as it is: one vector a text, computed once and kept.</summary>
/// <remarks>
/// Takes input_ids and attention_mask (batch, tokens), and token_type_ids where the model tells two texts apart, int64 or int32: the names that Hugging Face's and
/// sentence-transformers' exports have. An output (batch, tokens, width) is pooled, one of (batch, width) taken as it is. OnnxRuntime computes on the processor.
/// </remarks>
/// <param name="File">The path of the model; weights that it keeps in other files lie beside it.</param>
public sealed record OnnxEncoder(string File) : TextEmbedder
{
    /// <summary>The folder of the tokenizer's files; null: the model's own, or the one above it, as where model.onnx lies in onnx/.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Which of its outputs holds the vectors; null: last_hidden_state if there is one, else the first.</summary>
    public string? Output { get; init; }

    string OwnFolder => Path.GetDirectoryName(Path.GetFullPath(File))!;

    string TokenizerFolder => Tokenizer ?? (!EncoderTokenizer.LiesIn(OwnFolder) && Path.GetDirectoryName(OwnFolder) is { } above && EncoderTokenizer.LiesIn(above) ? above : OwnFolder);

    protected override string Identity()
    {
        if (OnnxGraph.Lacking(File) is { } missing) throw new InputException(missing);
        string[] folders = [OwnFolder, Path.GetFullPath(TokenizerFolder)];
        return ContentHash.Of([.. folders.Distinct().Select(EncoderCheckpoint.HashOf), $"{Path.GetFileName(File)} {Output} {MostTokens} {Pooling} {EncoderCheckpoint.Code}"]);
    }

    protected override (EncoderTokenizer Tokenizer, Network Network) Open(Device device, int threads) =>
        (EncoderTokenizer.Read(TokenizerFolder), new OnnxTokens(this, threads));
}

/// <summary>An <see cref="OnnxEncoder"/> in memory.</summary>
sealed class OnnxTokens : Network
{
    const string Tokens = "input_ids", Mask = "attention_mask", Types = "token_type_ids", Usual = "last_hidden_state";

    readonly OnnxGraph graph;
    readonly OnnxEncoder encoder;
    readonly string output;
    readonly (string Name, ScalarType Type)[] taken;

    public OnnxTokens(OnnxEncoder encoder, int threads) : base(nameof(OnnxTokens))
    {
        this.encoder = encoder;
        graph = new(encoder.File, threads);
        if (!graph.Inputs.ContainsKey(Tokens) || graph.Inputs.Any(input => input.Key is not (Tokens or Mask or Types) || !AreNumbers(input.Value.ElementDataType)))
            throw graph.Refused($"{encoder.File} is no text encoder: {Tokens}, {Mask} and {Types} are what one may take, (batch, tokens) of int64 or int32; it takes {graph.Taken}.");
        taken = [.. graph.Inputs.Select(input => (input.Key, input.Value.ElementDataType == TensorElementType.Int64 ? ScalarType.Int64 : ScalarType.Int32))];
        output = encoder.Output ?? (graph.Outputs.Contains(Usual) ? Usual : graph.Outputs[0]);
        graph.Expect(output, 3, "vectors are (batch, tokens, width) or (batch, width) float32");
    }

    public override int PredictBatch => 32;

    static bool AreNumbers(TensorElementType type) => type is TensorElementType.Int64 or TensorElementType.Int32;

    /// <param name="inputs">Tokens, types (batch, length) int64; mask (batch, length) bool.</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor[] inputs)
    {
        var (tokens, types, mask) = (inputs[0], inputs[1], inputs[2].cpu());
        var said = graph.Run(output, [.. taken.Select(input => (input.Name, (input.Name switch { Tokens => tokens, Types => types, _ => mask }).to(input.Type)))]);
        if (said.dim() == 2) return said;
        if (said.shape[1] != mask.shape[1])
            throw new InputException($"Output '{output}' of {encoder.File} has {said.shape[1]} vectors for {mask.shape[1]} tokens; name another output.");
        return PooledEncoder.Of(said, mask, encoder.Pooling);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) graph.Dispose();
        base.Dispose(disposing);
    }
}
