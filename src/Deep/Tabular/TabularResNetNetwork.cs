using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>A linear layer, blocks that add to what they are given (norm, widen, ReLU, narrow), then norm, ReLU, linear.</summary>
/// <remarks>(batch, numbers + indicators) and (batch, categories) → (batch, outputs). Gorishniy and others, arXiv 2106.11959.</remarks>
public sealed class TabularResNetNetwork : Network
{
    readonly EntityEmbeddings? embeds;
    readonly Dense first, head;
    readonly ModuleList<BatchNorm1d> norms;
    readonly ModuleList<Dense> widen, narrow;
    readonly BatchNorm1d last_norm;
    readonly Dropout dropout;

    public TabularResNetNetwork(int numbers, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(TabularResNetNetwork))
    {
        embeds = levels.Count > 0 ? new(levels, random) : null;
        var width = settings.Hidden[0];
        first = new(numbers + (embeds?.Outputs ?? 0), width, random, compute);
        (norms, widen, narrow) = (new(), new(), new());
        foreach (var units in settings.Hidden)
        {
            norms.Add(nn.BatchNorm1d(units));
            widen.Add(new(units, 2 * units, random, compute));
            narrow.Add(new(2 * units, units, random, compute));
        }
        last_norm = nn.BatchNorm1d(width);
        head = new(width, outputs, random, compute);
        dropout = new(settings.Dropout, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] inputs)
    {
        var x = inputs[0];
        if (embeds is not null) x = cat([x, embeds.call(inputs[1])], 1);
        x = first.call(x).to(ScalarType.Float32);                                                       // (batch, width)
        for (var i = 0; i < norms.Count; i++)
        {
            var inner = dropout.call(nn.functional.relu(widen[i].call(norms[i].call(x))));              // (batch, 2 width)
            x = x + narrow[i].call(inner).to(ScalarType.Float32);                                       // (batch, width)
        }
        return head.call(nn.functional.relu(last_norm.call(x))).to(ScalarType.Float32);                 // (batch, outputs)
    }
}
