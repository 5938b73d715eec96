using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>The sizes of an AWD-LSTM, and how much each of its dropouts drops.</summary>
public sealed record AwdLstmSizes
{
    /// <summary>Numbers in a word's vector.</summary>
    public int Embedding { get; init => field = Require.AtLeast(1, value); } = 400;

    /// <summary>Of all layers but the last, which is as wide as the words' vectors.</summary>
    public int Hidden { get; init => field = Require.AtLeast(1, value); } = 1152;

    public int Layers { get; init => field = Require.AtLeast(1, value); } = 3;
}

/// <summary>Shares dropped; a language model's unless said, of which a classifier takes others.</summary>
/// <param name="Output">Of the last layer, kept the same over a text.</param>
/// <param name="Between">Between layers, likewise.</param>
/// <param name="Input">Of the words' vectors, likewise.</param>
/// <param name="Words">Whole words.</param>
/// <param name="Recurrent">Of the weights from step to step.</param>
public sealed record AwdDropouts(double Output = 0.1, double Between = 0.15, double Input = 0.25, double Words = 0.02, double Recurrent = 0.2)
{
    public static AwdDropouts OfClassifier { get; } = new(0.4, 0.3, 0.4, 0.05, 0.5);

    public AwdDropouts Times(double factor) => new(Output * factor, Between * factor, Input * factor, Words * factor, Recurrent * factor);
}

/// <summary>LSTMs over words, regularised at every joint: words, inputs, the weights from step to step, what goes between layers.</summary>
/// <remarks>S. Merity, N. Keskar, R. Socher, arXiv 1708.02182; names as in fastai's weights: encoder.weight, rnns.0.module.weight_ih_l0.</remarks>
public sealed class AwdLstm : nn.Module
{
    readonly Embedding encoder;
    readonly ModuleList<DroppedLstm> rnns;
    readonly AwdDropouts dropouts;
    readonly Randomness random;

    public AwdLstm(int vocabulary, AwdLstmSizes sizes, AwdDropouts dropouts, Randomness random) : base(nameof(AwdLstm))
    {
        (this.dropouts, this.random) = (dropouts, random);
        encoder = nn.Embedding(vocabulary, sizes.Embedding);
        using (no_grad()) encoder.weight!.uniform_(-0.1, 0.1, random.Host);
        rnns = new([.. Enumerable.Range(0, sizes.Layers).Select(i => new DroppedLstm(
            i == 0 ? sizes.Embedding : sizes.Hidden, i == sizes.Layers - 1 ? sizes.Embedding : sizes.Hidden, dropouts.Recurrent, random))]);
        RegisterComponents();
    }

    /// <summary>(words, embedding) the last matrix of a language model, too.</summary>
    public Tensor Words => encoder.weight!;

    public int Layers => rnns.Count;

    /// <param name="tokens">(batch, length) int64.</param>
    /// <param name="states">Of each layer where the last texts ended; null: nothing came before.</param>
    /// <returns>(batch, length, embedding) as the last layer says it, and where each layer ends.</returns>
    public (Tensor Output, LstmState[] States) Run(Tensor tokens, LstmState[]? states = null)
    {
        var words = training && dropouts.Words > 0 ? Words * Mask([Words.shape[0], 1], dropouts.Words) : Words;
        var x = Steady(words.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1), dropouts.Input);
        var ends = new LstmState[Layers];
        for (var i = 0; i < Layers; i++)
        {
            (x, ends[i]) = rnns[i].Run(x, states?[i]);
            if (i < Layers - 1) x = Steady(x, dropouts.Between);
        }
        return (x, ends);
    }

    /// <summary>Drops the same numbers of a text's every word.</summary>
    public Tensor Steady(Tensor x, double share) => training && share > 0 ? x * Mask([x.shape[0], 1, x.shape[2]], share) : x;

    Tensor Mask(long[] shape, double share) => empty(shape, device: Words.device).bernoulli_(1 - share, random.Device).mul_(1 / (1 - share));
}

/// <summary>(1, batch, hidden) each: what an LSTM says and what it remembers.</summary>
public readonly record struct LstmState(Tensor Said, Tensor Remembered);

/// <summary>One LSTM whose weights from step to step are dropped out, once for a whole text.</summary>
sealed class DroppedLstm : nn.Module
{
    // TorchSharp's LSTM keeps its weights to itself; libtorch's takes them.
    const string Source = """
        def run(x: Tensor, said: Tensor, remembered: Tensor, inputs: Tensor, steps: Tensor, input_bias: Tensor, step_bias: Tensor) -> List[Tensor]:
            y, h, c = torch.lstm(x, [said, remembered], [inputs, steps, input_bias, step_bias], True, 1, 0.0, False, False, True)
            return [y, h, c]
        """;

    readonly Parameter weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0;
    readonly Dropout dropout;
    readonly jit.CompilationUnit scripts = jit.compile(Source + "\n");
    readonly int hidden;

    public DroppedLstm(int inputs, int hidden, double dropped, Randomness random) : base(nameof(DroppedLstm))
    {
        this.hidden = hidden;
        var bound = 1 / Math.Sqrt(hidden);
        Parameter Drawn(params long[] shape) => nn.Parameter(empty(shape).uniform_(-bound, bound, random.Host));
        (weight_ih_l0, weight_hh_l0) = (Drawn(4 * hidden, inputs), Drawn(4 * hidden, hidden));
        (bias_ih_l0, bias_hh_l0) = (Drawn(4 * hidden), Drawn(4 * hidden));
        dropout = new(dropped, random);
        RegisterComponents();
    }

    /// <param name="x">(batch, length, inputs).</param>
    /// <param name="state">Where to begin; null: at 0.</param>
    /// <returns>(batch, length, hidden), and where it ends.</returns>
    public (Tensor Output, LstmState End) Run(Tensor x, LstmState? state)
    {
        var start = state ?? new(zeros(1, x.shape[0], hidden, device: x.device), zeros(1, x.shape[0], hidden, device: x.device));
        var found = scripts.invoke<Tensor[]>("run", x, start.Said, start.Remembered, weight_ih_l0, dropout.call(weight_hh_l0), bias_ih_l0, bias_hh_l0);
        return (found[0], new(found[1], found[2]));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) scripts.Dispose();
        base.Dispose(disposing);
    }
}
