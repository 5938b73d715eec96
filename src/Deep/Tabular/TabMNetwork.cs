using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Several networks that share nearly all weights: mini has one scale for each member and input, then a shared body, then a head for each member.</summary>
/// <remarks>(batch, numbers + indicators) and (batch, categories) → (batch, members, outputs). TabM, arXiv 2410.24210.</remarks>
public sealed class TabMNetwork : Network
{
    readonly PiecewiseLinearEmbeddings? num_module;
    readonly EntityEmbeddings? cat_module;
    readonly Parameter? affine;
    readonly ModuleList<nn.Module<Tensor, Tensor>> blocks;
    readonly Dropout dropout;
    readonly MemberHeads output;
    readonly MatrixPrecision compute;
    readonly int numbers, members;

    /// <param name="numbers">How many of the number inputs are embedded; the others pass as they are.</param>
    /// <param name="width">All number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="settings">Members, hidden widths, bins, embedding width, dropout; variant "full" scales at every layer.</param>
    /// <param name="outputs">Of each member.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision.</param>
    public TabMNetwork(int numbers, int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(TabMNetwork))
    {
        (this.numbers, this.compute, members) = (numbers, compute, settings.Members);
        num_module = numbers > 0 ? new(numbers, settings.Bins, settings.EmbeddingWidth, random) : null;
        cat_module = levels.Count > 0 ? new(levels, random, deviation: 1) : null;
        int[] chunks =
        [
            .. Enumerable.Repeat(settings.EmbeddingWidth, numbers), .. Enumerable.Repeat(1, width - numbers),
            .. levels.Select(EntityEmbeddings.Width),
        ];
        var scales = Scales(members, chunks, random);
        var full = settings.Variant == "full";
        affine = full ? null : nn.Parameter(scales);
        blocks = new();
        var inputs = chunks.Sum();
        foreach (var units in settings.Hidden)
        {
            blocks.Add(full ? new BatchEnsembleDense(members, inputs, units, random, compute, blocks.Count == 0 ? scales : null) : new Dense(inputs, units, random, compute));
            inputs = units;
        }
        dropout = new(settings.Dropout, random);
        output = new(members, inputs, outputs, random, compute);
        RegisterComponents();
    }

    public override int PredictBatch => 1024;

    public override void Prepare(Tensor[] inputs, Randomness random) => num_module?.Fit(inputs[0].narrow(0, 0, Math.Min(inputs[0].shape[0], 200_000)));

    public override Tensor forward(Tensor[] inputs)
    {
        var parts = new List<Tensor>();
        if (num_module is not null) parts.Add(num_module.call(inputs[0].narrow(1, 0, numbers)));
        if (inputs[0].shape[1] > numbers) parts.Add(inputs[0].narrow(1, numbers, inputs[0].shape[1] - numbers));
        if (cat_module is not null) parts.Add(cat_module.call(inputs[1]));
        var x = compute.Cast(parts.Count == 1 ? parts[0] : cat(parts.ToArray(), 1));                // (batch, inputs)
        x = affine is null ? x.unsqueeze(1).expand(-1, members, -1) : MemberScale.Of(x, compute.Cast(affine));
        foreach (var block in blocks) x = block is Dense dense ? dense.Rectified(x, dropout) : dropout.Rectified(block.call(x));       // (batch, members, units)
        return output.call(x);                                                                      // (batch, members, outputs)
    }

    // One draw for all numbers of a feature's embedding: members differ by feature.
    static Tensor Scales(int members, int[] chunks, Randomness random)
    {
        using var scope = NewDisposeScope();
        var draws = empty(members, chunks.Length).normal_(0, 1, random.Host);
        var lengths = tensor(chunks.Select(c => (long)c).ToArray());
        return draws.repeat_interleave(lengths, 1).MoveToOuterDisposeScope();
    }
}
