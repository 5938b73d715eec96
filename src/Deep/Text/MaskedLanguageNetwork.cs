using System.Text.RegularExpressions;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>An encoder that guesses hidden tokens: a dense layer, a norm, and the words' own vectors as the last matrix.</summary>
/// <remarks>J. Devlin et al., arXiv 1810.04805, section 3.1. Which tokens are asked for stands in the batch's target, so that the vocabulary's many sums are worked out for those alone.</remarks>
sealed class MaskedLanguageNetwork : Network
{
    /// <summary>Target of a token that is not asked for.</summary>
    public const long NotAsked = -100;

    /// <summary>What published heads call the five tensors, of BERT, RoBERTa, DistilBERT, ELECTRA's generator and DeBERTa.</summary>
    static readonly (string Pattern, string Name)[] published =
    [
        (@"^(cls\.predictions\.transform\.dense|lm_head\.dense|vocab_transform|generator_predictions\.dense|lm_predictions\.lm_head\.dense)\.", "transform."),
        (@"^(cls\.predictions\.transform\.LayerNorm|lm_head\.layer_norm|vocab_layer_norm|generator_predictions\.LayerNorm|lm_predictions\.lm_head\.LayerNorm)\.", "LayerNorm."),
        (@"^(cls\.predictions|lm_head|vocab_projector|generator_lm_head|lm_predictions\.lm_head)\.bias$", "bias"),
    ];

    readonly TextEncoderNetwork body;
    readonly Dense transform;
    readonly LayerNorm LayerNorm;
    readonly Parameter bias;

    public MaskedLanguageNetwork(TextEncoderNetwork body, Randomness random, MatrixPrecision compute) : base(nameof(MaskedLanguageNetwork))
    {
        this.body = body;
        var (vocabulary, width) = (Words.shape[0], (int)Words.shape[1]);
        transform = new(body.Config.HiddenSize, width, random, compute);
        LayerNorm = nn.LayerNorm(width, body.Config.LayerNormEps);
        bias = nn.Parameter(zeros(vocabulary));
        RegisterComponents();
    }

    public override int PredictBatch => 32;

    public override void CheckBackward() => body.Recomputation?.Check();

    Tensor Words => body.named_parameters().First(p => p.name == "embeddings.word_embeddings.weight").parameter;

    /// <param name="inputs">Tokens, types (batch, length) int64; mask (batch, length) bool.</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor[] inputs) => body.call(inputs[0], inputs[1], inputs[2]);

    /// <param name="tokens">(batch, length, hidden).</param>
    /// <param name="batch">Its target is (batch, length) int64: the hidden token, or <see cref="NotAsked"/>.</param>
    /// <returns>The mean over the tokens asked for of −log of the chance given to the true one.</returns>
    public Tensor LossOf(Tensor tokens, TrainingBatch batch)
    {
        var asked = batch.Target.ne(NotAsked);
        if (asked.sum().item<long>() == 0) return (tokens * 0).sum();
        return nn.functional.cross_entropy(Logits(tokens[asked]), batch.Target[asked]);
    }

    /// <param name="tokens">(asked, hidden).</param>
    /// <returns>(asked, vocabulary) float32.</returns>
    Tensor Logits(Tensor tokens)
    {
        var x = LayerNorm.call(TextEncoderNetwork.Activate(body.Config.HiddenAct, transform.call(tokens)).to(ScalarType.Float32));
        return nn.functional.linear(x, Words, bias);
    }

    /// <summary>Takes over the published head where the file holds a whole one of these sizes; else it starts as drawn.</summary>
    /// <returns>Whether it did.</returns>
    public bool LoadHead(string file)
    {
        using var stored = CheckpointFile.Read(file);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var found = new Dictionary<string, Tensor>();
        foreach (var name in stored.Keys)
            foreach (var (pattern, own) in published)
                if (Regex.IsMatch(name, pattern)) found[Regex.Replace(name, pattern, own).Replace("gamma", "weight", StringComparison.Ordinal).Replace("beta", "bias", StringComparison.Ordinal)] = stored[name];
        var head = named_parameters().Where(p => !p.name.StartsWith("body.", StringComparison.Ordinal)).ToList();
        if (!head.All(p => found.TryGetValue(p.name, out var value) && value.shape.SequenceEqual(p.parameter.shape))) return false;
        foreach (var (name, parameter) in head) parameter.copy_(found[name].to(parameter.dtype));
        return true;
    }
}
