using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Periodic embeddings, a learnt scale for each input, then dense layers that start on the training rows.</summary>
/// <remarks>(batch, numbers + indicators) and (batch, categories) → (batch, outputs). RealMLP-TD, arXiv 2407.04491.</remarks>
public sealed class RealMlpNetwork : Network
{
    readonly PeriodicEmbeddings? numbers_embedding;
    readonly EntityEmbeddings? categories_embedding;
    readonly Parameter scale;
    readonly ModuleList<TangentDense> dense;
    readonly ModuleList<ParametricActivation> activations;
    readonly Dropout dropout;
    readonly int numbers;

    public RealMlpNetwork(int numbers, int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(RealMlpNetwork))
    {
        this.numbers = numbers;
        // Models saved before these were settings had sixteen, and no deviation matters to them any more.
        numbers_embedding = numbers > 0 ? new(numbers, settings.Frequencies > 0 ? settings.Frequencies : 16, settings.Deviation, random) : null;
        categories_embedding = levels.Count > 0 ? new(levels, random, _ => settings.EmbeddingWidth, deviation: 1) : null;
        var inputs = 4 * numbers + (width - numbers) + settings.EmbeddingWidth * levels.Count;
        scale = nn.Parameter(ones(inputs));
        (dense, activations) = (new(), new());
        foreach (var units in settings.Hidden)
        {
            dense.Add(new(inputs, units, random, compute));
            activations.Add(new(units, mish: settings.Variant == "mish"));
            inputs = units;
        }
        dense.Add(new(inputs, outputs, random, compute));
        dropout = new(settings.Dropout, random);
        RegisterComponents();
    }

    public override void Prepare(Tensor[] inputs, Randomness random)
    {
        var rows = Math.Min(inputs[0].shape[0], 10_000);
        var x = Embedded([.. inputs.Select(i => i.narrow(0, 0, rows))]);
        for (var i = 0; i < dense.Count; i++)
        {
            dense[i].Fit(x, random);
            x = dense[i].call(x).to(ScalarType.Float32);
            if (i < activations.Count) x = activations[i].call(x);
        }
    }

    /// <summary>The recipe's learning rates: scale 6, biases, activations and periodic embeddings 0.1; no decay on biases.</summary>
    /// <remarks>Decay goes by the square of a group's factor, as in pytabkit (models/optim/optimizers.py), with which the defaults were tuned.</remarks>
    public IReadOnlyList<ParameterGroup> Groups()
    {
        var all = named_parameters().Select(p => (Name: p.name, Value: p.parameter, Rate: RateOf(p.name), Decays: !p.name.EndsWith("bias"))).ToList();
        return [.. all.GroupBy(p => (p.Rate, p.Decays)).Select(g => new ParameterGroup([.. g.Select(p => (p.Name, p.Value))], g.Key.Rate, g.Key.Decays) { DecayFactor = g.Key.Rate })];
    }

    public override Tensor forward(Tensor[] inputs)
    {
        var x = Embedded(inputs);                                         // (batch, inputs)
        for (var i = 0; i < activations.Count; i++) x = dropout.call(activations[i].call(dense[i].call(x)));
        return dense[^1].call(x).to(ScalarType.Float32);                  // (batch, outputs)
    }

    Tensor Embedded(Tensor[] inputs)
    {
        var parts = new List<Tensor>();
        if (numbers_embedding is not null) parts.Add(numbers_embedding.call(inputs[0].narrow(1, 0, numbers)));
        if (inputs[0].shape[1] > numbers) parts.Add(inputs[0].narrow(1, numbers, inputs[0].shape[1] - numbers));
        if (categories_embedding is not null) parts.Add(categories_embedding.call(inputs[1]));
        return (parts.Count == 1 ? parts[0] : cat(parts.ToArray(), 1)) * scale;
    }

    static double RateOf(string name) =>
        name == nameof(scale) ? 6 :
        name.EndsWith("bias") || name.StartsWith(nameof(activations)) || name.StartsWith(nameof(numbers_embedding)) ? 0.1 : 1;
}
