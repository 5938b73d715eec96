using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A network from tokens to a vector for each.</summary>
/// <remarks>Its parameters are named as in the published weights, without the prefix that names the model.</remarks>
public abstract class TextEncoderNetwork(string name, EncoderConfig config) : nn.Module<Tensor, Tensor, Tensor, Tensor>(name)
{
    public EncoderConfig Config { get; } = config;

    /// <summary>Set, the layers' activations are computed again when gradients come back, instead of being kept; null: they are kept.</summary>
    public Recomputation? Recomputation { get; set; }

    /// <summary>What published weights put before each name, when they do: "bert".</summary>
    public abstract string Prefix { get; }

    /// <summary>Prefixes of parameter names from the embeddings up, one part a layer: for rates that fall towards the input.</summary>
    public IReadOnlyList<string[]> LayerPrefixes => [BelowLayers, .. Enumerable.Range(0, Config.NumHiddenLayers).Select(layer => new[] { $"encoder.layer.{layer}." })];

    /// <summary>Prefixes of what lies below the layers.</summary>
    protected virtual string[] BelowLayers => ["embeddings"];

    /// <param name="tokens">(batch, length) int64.</param>
    /// <param name="types">(batch, length) int64: 0 in the first text, 1 in the second.</param>
    /// <param name="mask">(batch, length) bool: false where a row is padded.</param>
    /// <returns>(batch, length, hidden).</returns>
    public abstract override Tensor forward(Tensor tokens, Tensor types, Tensor mask);

    /// <summary>Matrices normal with deviation 0.02, biases 0, norms 1 and 0: what all of these encoders start from.</summary>
    protected void Start(Randomness random)
    {
        using var untracked = no_grad();
        foreach (var (name, parameter) in named_parameters())
            if (parameter.dim() > 1) parameter.normal_(0, 0.02, random.Host);
            else if (name.EndsWith("bias", StringComparison.Ordinal)) parameter.zero_();
            else parameter.fill_(1);
    }

    /// <returns>The activation that a config names.</returns>
    protected internal static Tensor Activate(string name, Tensor x) => name switch
    {
        "gelu" => nn.functional.gelu(x),
        "gelu_new" or "gelu_pytorch_tanh" => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x.pow(3))).tanh()),
        "relu" => nn.functional.relu(x),
        _ => throw new NotSupportedException($"An encoder's activation is gelu, gelu_new or relu; the config names '{name}'."),
    };
}
