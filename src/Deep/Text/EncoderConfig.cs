using System.Text.Json;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Text;

/// <summary>The sizes of an encoder, as the config.json beside published weights writes them.</summary>
public sealed record EncoderConfig
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>bert, roberta, xlm-roberta, electra, distilbert, deberta-v2.</summary>
    public string ModelType { get; init; } = "bert";

    public int VocabSize { get; init; } = 30_522;

    public int HiddenSize { get; init; } = 768;

    public int NumHiddenLayers { get; init; } = 12;

    public int NumAttentionHeads { get; init; } = 12;

    public int IntermediateSize { get; init; } = 3072;

    public int MaxPositionEmbeddings { get; init; } = 512;

    public int TypeVocabSize { get; init; } = 2;

    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary>gelu, gelu_new or relu.</summary>
    public string HiddenAct { get; init; } = "gelu";

    public double HiddenDropoutProb { get; init; } = 0.1;

    public double AttentionProbsDropoutProb { get; init; } = 0.1;

    public int PadTokenId { get; init; }

    /// <summary>DeBERTa: how many distances are told apart on each side; further ones share buckets by their logarithm.</summary>
    public int PositionBuckets { get; init; } = 256;

    /// <summary>DeBERTa: the greatest distance; −1: <see cref="MaxPositionEmbeddings"/>.</summary>
    public int MaxRelativePositions { get; init; } = -1;

    /// <summary>DeBERTa-v2's largest models have a convolution beside the first layer, which is not known here.</summary>
    public int ConvKernelSize { get; init; }

    /// <summary>DeBERTa: whether absolute positions are added to the words, too.</summary>
    public bool PositionBiasedInput { get; init; }

    /// <summary>DeBERTa: whether words and distances share their projections.</summary>
    public bool ShareAttKey { get; init; } = true;

    /// <summary>Of what attention adds; null: <see cref="HiddenDropoutProb"/>.</summary>
    [JsonIgnore]
    public double? AttentionOutputDropout { get; init; }

    /// <summary>ELECTRA's embeddings may be narrower than its layers; null: as wide.</summary>
    public int? EmbeddingSize { get; init; }

    /// <exception cref="InputException">The file is missing, no such JSON, or its sizes fit no encoder.</exception>
    public static EncoderConfig Read(string file)
    {
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file; an encoder's folder holds config.json, its weights and its tokenizer's files.");
        try
        {
            var text = File.ReadAllText(file);
            var read = JsonSerializer.Deserialize<EncoderConfig>(text, Json) ?? throw new JsonException("it is empty");
            return (read.ModelType == "distilbert" ? JsonSerializer.Deserialize<DistilledSizes>(text, Json)!.AsConfig(read) : read).Checked(file);
        }
        catch (JsonException cause)
        {
            throw new InputException($"{file} is no config.json of an encoder: {cause.Message}", cause);
        }
    }

    EncoderConfig Checked(string file)
    {
        if (VocabSize < 1 || HiddenSize < 1 || NumHiddenLayers < 0 || NumAttentionHeads < 1 || IntermediateSize < 1 || MaxPositionEmbeddings < 1)
            throw new InputException($"{file}: an encoder's sizes are at least 1; it has vocab_size {VocabSize}, hidden_size {HiddenSize}, num_attention_heads {NumAttentionHeads}.");
        if (HiddenSize % NumAttentionHeads != 0)
            throw new InputException($"{file}: hidden_size {HiddenSize} is not a multiple of num_attention_heads {NumAttentionHeads}.");
        if (ModelType == "deberta-v2" && (ConvKernelSize > 0 || PositionBiasedInput || !ShareAttKey || TypeVocabSize > 0))
            throw new InputException($"{file}: of DeBERTa the third version is known here (no convolution, no absolute positions, no types, shared projections); this is an earlier one.");
        return this;
    }

    /// <summary>DistilBERT's own names for the same sizes.</summary>
    sealed record DistilledSizes
    {
        public int Dim { get; init; } = 768;

        public int HiddenDim { get; init; } = 3072;

        public int NLayers { get; init; } = 6;

        public int NHeads { get; init; } = 12;

        public double Dropout { get; init; } = 0.1;

        public double AttentionDropout { get; init; } = 0.1;

        public string Activation { get; init; } = "gelu";

        public EncoderConfig AsConfig(EncoderConfig read) => read with
        {
            HiddenSize = Dim, IntermediateSize = HiddenDim, NumHiddenLayers = NLayers, NumAttentionHeads = NHeads, TypeVocabSize = 0,
            HiddenDropoutProb = Dropout, AttentionProbsDropoutProb = AttentionDropout, HiddenAct = Activation, AttentionOutputDropout = 0,
        };
    }
}
