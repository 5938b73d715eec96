using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Embedded categories, numbers and their piecewise-linear embeddings, then a linear layer, blocks that add to what they are given (norm, widen, ReLU, narrow), then norm, ReLU, linear.</summary>
/// <remarks>(batch, numbers + indicators) and (batch, categories) → (batch, outputs). Gorishniy and others, arXiv 2106.11959.</remarks>
public sealed class TabularResNetNetwork : Network
{
    readonly EntityEmbeddings? embeds;
    readonly PiecewiseLinearEmbeddings? num_module;
    readonly Dense first, head;
    readonly ModuleList<RowNorm> norms;
    readonly ModuleList<Dense> widen, narrow;
    readonly RowNorm last_norm;
    readonly Dropout dropout;
    readonly int numbers;

    /// <param name="numbers">How many of the number inputs are embedded; the others pass as they are.</param>
    /// <param name="width">All number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="settings">Hidden: a block's width for each, all alike; dropout, bins (0: numbers are not embedded), embedding width.</param>
    /// <param name="outputs">How many numbers are said of a row.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision.</param>
    public TabularResNetNetwork(int numbers, int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(TabularResNetNetwork))
    {
        this.numbers = numbers;
        embeds = levels.Count > 0 ? new(levels, random) : null;
        num_module = numbers > 0 && settings.Bins > 0 ? new(numbers, settings.Bins, settings.EmbeddingWidth, random) : null;
        var inputs = width + (embeds?.Outputs ?? 0) + (num_module is null ? 0 : numbers * settings.EmbeddingWidth);
        first = new(inputs, settings.Hidden[0], random, compute);
        (norms, widen, narrow) = (new(), new(), new());
        foreach (var units in settings.Hidden)
        {
            norms.Add(new(units));
            widen.Add(new(units, 2 * units, random, compute));
            narrow.Add(new(2 * units, units, random, compute));
        }
        last_norm = new(settings.Hidden[^1]);
        head = new(settings.Hidden[^1], outputs, random, compute);
        dropout = new(settings.Dropout, random);
        RegisterComponents();
    }

    public override void Prepare(Tensor[] inputs, Randomness random) => num_module?.Fit(inputs[0].narrow(0, 0, Math.Min(inputs[0].shape[0], 200_000)));

    public override Tensor forward(Tensor[] inputs)
    {
        var x = inputs[0];
        if (num_module is not null) x = cat([x, num_module.call(x.narrow(1, 0, numbers))], 1);
        if (embeds is not null) x = cat([x, embeds.call(inputs[1])], 1);
        x = first.call(x).to(ScalarType.Float32);                                                       // (batch, width)
        for (var i = 0; i < norms.Count; i++)
        {
            var inner = widen[i].Rectified(norms[i].call(x), dropout);              // (batch, 2 width)
            x = x + narrow[i].call(inner).to(ScalarType.Float32);                                       // (batch, width)
        }
        return head.call(nn.functional.relu(last_norm.call(x))).to(ScalarType.Float32);                 // (batch, outputs)
    }
}
