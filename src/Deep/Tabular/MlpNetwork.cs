using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Embeddings and batch-normed numbers, then blocks of linear, ReLU, batch norm, dropout, then linear.</summary>
/// <remarks>(batch, numbers) and (batch, categories) → (batch, outputs). fastai, fastai/tabular/model.py.</remarks>
public sealed class MlpNetwork : Network
{
    readonly EntityEmbeddings? embeds;
    readonly Dropout emb_drop;
    readonly BatchNorm1d bn_cont;
    readonly ModuleList<nn.Module<Tensor, Tensor>> layers;

    public MlpNetwork(int numbers, IReadOnlyList<int> levels, IReadOnlyList<int> hidden, int outputs, double dropout, double embeddingDropout, Randomness random, MatrixPrecision compute)
        : base(nameof(MlpNetwork))
    {
        embeds = levels.Count > 0 ? new EntityEmbeddings(levels, random) : null;
        emb_drop = new Dropout(embeddingDropout, random);
        bn_cont = nn.BatchNorm1d(numbers);
        layers = new();
        var width = numbers + (embeds?.Outputs ?? 0);
        foreach (var units in hidden)
        {
            layers.Add(new Dense(width, units, random, compute, hasBias: false));
            layers.Add(nn.ReLU());
            layers.Add(nn.BatchNorm1d(units));
            if (dropout > 0) layers.Add(new Dropout(dropout, random));
            width = units;
        }
        layers.Add(new Dense(width, outputs, random, compute));
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] inputs)
    {
        var x = bn_cont.call(inputs[0]);                                  // (batch, numbers)
        if (embeds is not null) x = cat([emb_drop.call(embeds.call(inputs[1])), x], 1);
        foreach (var layer in layers)
            x = layer is BatchNorm1d ? layer.call(x.to(ScalarType.Float32)) : layer.call(x);
        return x.to(ScalarType.Float32);                                  // (batch, outputs)
    }
}
