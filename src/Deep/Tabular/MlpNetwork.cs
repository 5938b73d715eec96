using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Embedded categories, batch-normed numbers and their piecewise-linear embeddings, then blocks of linear, ReLU, batch norm, dropout, then linear.</summary>
/// <remarks>(batch, numbers + indicators) and (batch, categories) → (batch, outputs). fastai, fastai/tabular/model.py; without bins exactly that.</remarks>
public sealed class MlpNetwork : Network
{
    readonly EntityEmbeddings? embeds;
    readonly Dropout emb_drop;
    readonly RowNorm bn_cont;
    readonly PiecewiseLinearEmbeddings? num_module;
    readonly ModuleList<nn.Module<Tensor, Tensor>> layers;

    readonly int numbers;

    /// <param name="numbers">How many of the number inputs are embedded; the others pass as they are.</param>
    /// <param name="width">All number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="settings">Hidden widths, both dropouts, bins (0: numbers are not embedded) and embedding width.</param>
    /// <param name="outputs">How many numbers are said of a row.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision.</param>
    public MlpNetwork(int numbers, int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(MlpNetwork))
    {
        this.numbers = numbers;
        embeds = levels.Count > 0 ? new EntityEmbeddings(levels, random) : null;
        emb_drop = new Dropout(settings.EmbeddingDropout, random);
        bn_cont = new(width);
        num_module = numbers > 0 && settings.Bins > 0 ? new(numbers, settings.Bins, settings.EmbeddingWidth, random) : null;
        layers = new();
        width += (embeds?.Outputs ?? 0) + (num_module is null ? 0 : numbers * settings.EmbeddingWidth);
        foreach (var units in settings.Hidden)
        {
            layers.Add(new Dense(width, units, random, compute, hasBias: false));
            layers.Add(new RowNorm(units, rectify: true));
            if (settings.Dropout > 0) layers.Add(new Dropout(settings.Dropout, random));
            width = units;
        }
        layers.Add(new Dense(width, outputs, random, compute));
        RegisterComponents();
    }

    public override void Prepare(Tensor[] inputs, Randomness random) => num_module?.Fit(inputs[0].narrow(0, 0, Math.Min(inputs[0].shape[0], 200_000)));

    public override Tensor forward(Tensor[] inputs)
    {
        var x = bn_cont.call(inputs[0]);                                  // (batch, numbers + indicators)
        if (num_module is not null) x = cat([x, num_module.call(inputs[0].narrow(1, 0, numbers))], 1);
        if (embeds is not null) x = cat([emb_drop.call(embeds.call(inputs[1])), x], 1);
        foreach (var layer in layers) x = layer.call(x);
        return x.to(ScalarType.Float32);                                  // (batch, outputs)
    }
}
