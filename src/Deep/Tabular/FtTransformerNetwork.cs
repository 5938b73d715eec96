using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>A transformer over columns: each is a token, and the answer is read from one more token that looks at them all.</summary>
/// <remarks>
/// (batch, numbers + indicators) and (batch, categories) → (batch, outputs). FT-Transformer: Gorishniy and others, arXiv 2106.11959;
/// norms before each part but the first, ReGLU, and in the last layer the answer's token alone.
/// </remarks>
public sealed class FtTransformerNetwork : Network
{
    readonly ColumnTokens tokenizer;
    readonly ModuleList<ColumnAttention> attention;
    readonly ModuleList<Dense> widen, narrow;
    readonly ModuleList<LayerNorm> attention_norms, dense_norms;
    readonly LayerNorm last_norm;
    readonly Dense head;
    readonly Dropout dropout;

    /// <param name="width">All number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="settings">Hidden: a token's width for each layer, all alike; heads; dropout between dense parts; AttentionDropout.</param>
    /// <param name="outputs">How many numbers are said of a row.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision.</param>
    public FtTransformerNetwork(int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(FtTransformerNetwork))
    {
        var token = settings.Hidden[0];
        tokenizer = new(width, levels, token, random);
        (attention, widen, narrow, attention_norms, dense_norms) = (new(), new(), new(), new(), new());
        foreach (var _ in settings.Hidden)
        {
            var inner = token * 4 / 3;
            attention.Add(new(token, settings.Heads, settings.AttentionDropout, random, compute));
            widen.Add(new(token, 2 * inner, random, compute));
            narrow.Add(new(inner, token, random, compute));
            dense_norms.Add(nn.LayerNorm(token));
            if (attention.Count > 1) attention_norms.Add(nn.LayerNorm(token));
        }
        last_norm = nn.LayerNorm(token);
        head = new(token, outputs, random, compute);
        dropout = new(settings.Dropout, random);
        RegisterComponents();
    }

    public override int PredictBatch => 2048;

    /// <summary>No decay on tokens, norms and biases.</summary>
    public IReadOnlyList<ParameterGroup> Groups() =>
        [.. named_parameters().Select(p => (p.name, p.parameter))
            .GroupBy(p => p.parameter.dim() > 1 && !p.name.StartsWith(nameof(tokenizer)))
            .Select(g => new ParameterGroup([.. g], Decays: g.Key))];

    public override Tensor forward(Tensor[] inputs)
    {
        var x = tokenizer.call(inputs[0], inputs[1]);                                                  // (batch, 1 + columns, token)
        for (var i = 0; i < attention.Count; i++)
        {
            var seen = i == 0 ? x : attention_norms[i - 1].call(x);
            if (i == attention.Count - 1) x = x.narrow(1, 0, 1);
            x = x + attention[i].call(seen.narrow(1, 0, x.shape[1]), seen).to(ScalarType.Float32);
            var halves = widen[i].call(dense_norms[i].call(x)).chunk(2, -1);
            x = x + narrow[i].call(dropout.call(halves[0] * nn.functional.relu(halves[1]))).to(ScalarType.Float32);
        }
        return head.call(nn.functional.relu(last_norm.call(x.select(1, 0)))).to(ScalarType.Float32);   // (batch, outputs)
    }
}
