using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Tabular;

/// <summary>Learns where rows lie so that near ones have like answers; a row's answer is the vote of all kept rows, by nearness.</summary>
/// <remarks>
/// (batch, numbers + indicators) and (batch, categories), while training also (batch) places among the kept rows and (batch, votes) → (batch, outputs).
/// ModernNCA: Ye and others, "Revisiting nearest neighbor for tabular data", arXiv 2407.03257; as in TALENT (model/models/modernNCA.py).
/// </remarks>
public sealed class ModernNcaNetwork : Network, IRemembersRows
{
    const double Least = 1e-7;                                            // chances stay that far from 0 and 1

    readonly PeriodicLinearEmbeddings? num_embeddings;
    readonly EntityEmbeddings? cat_embeddings;
    readonly Dense encoder;
    readonly ModuleList<RowNorm> norms;
    readonly ModuleList<Dense> widen, narrow;
    readonly RowNorm? last_norm;
    readonly Parameter? spread;
    readonly Tensor kept_numbers, kept_votes;
    readonly Tensor? kept_codes;
    readonly Dropout dropout;
    readonly NetworkSettings settings;
    readonly Randomness random;
    readonly int numbers, outputs;
    Tensor? keys;

    /// <param name="numbers">How many of the number inputs are embedded; the others pass as they are.</param>
    /// <param name="width">All number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="settings">
    /// Kept and drawn rows, width of the space (the first of Hidden) and of each block in it (the others), frequencies, their deviation, embedding width,
    /// temperature; variant "classes", "chances", "numbers" or "quantiles".
    /// </param>
    /// <param name="outputs">How many numbers are said of a row.</param>
    /// <param name="random">Where the initial values come from.</param>
    /// <param name="compute">In what precision rows are laid into the space; distances are in full.</param>
    public ModernNcaNetwork(int numbers, int width, IReadOnlyList<int> levels, NetworkSettings settings, int outputs, Randomness random, MatrixPrecision compute) : base(nameof(ModernNcaNetwork))
    {
        (this.numbers, this.settings, this.outputs, this.random) = (numbers, settings, outputs, random);
        num_embeddings = numbers > 0 ? new(numbers, settings.Frequencies, settings.EmbeddingWidth, settings.Deviation, random, compute) : null;
        cat_embeddings = levels.Count > 0 ? new(levels, random, deviation: 1) : null;
        var inputs = numbers * settings.EmbeddingWidth + (width - numbers) + (cat_embeddings?.Outputs ?? 0);
        var space = settings.Hidden[0];
        encoder = new(inputs, space, random, compute);
        (norms, widen, narrow) = (new(), new(), new());
        foreach (var units in settings.Hidden.Skip(1))
        {
            norms.Add(new(space));
            widen.Add(new(space, units, random, compute));
            narrow.Add(new(units, space, random, compute));
        }
        last_norm = settings.Hidden.Count > 1 ? new(space) : null;
        dropout = new(settings.Dropout, random);
        spread = IsOfQuantiles ? nn.Parameter(linspace(-1, 1, outputs)) : null;
        kept_numbers = zeros(settings.Kept, width);
        kept_codes = levels.Count > 0 ? zeros(settings.Kept, levels.Count, int64) : null;
        kept_votes = zeros(settings.Kept, IsOfQuantiles ? 1 : outputs);
        RegisterComponents();
    }

    public override int PredictBatch => Math.Clamp(4_000_000 / settings.Kept, 64, 8192);

    bool IsOfQuantiles => settings.Variant == "quantiles";

    public Tensor[] Remember(Tensor[] inputs, Tensor target, Randomness random)
    {
        using var scope = NewDisposeScope();
        var rows = inputs[0].shape[0];
        var votes = target.dtype == ScalarType.Int64 ? nn.functional.one_hot(target, outputs).to(ScalarType.Float32) : target;
        var chosen = randperm(rows, int64, generator: random.Host).narrow(0, 0, settings.Kept).to(target.device);
        kept_numbers.copy_(inputs[0].index_select(0, chosen));
        kept_codes?.copy_(inputs[1].index_select(0, chosen));
        kept_votes.copy_(votes.index_select(0, chosen));
        var places = full(rows, (long)settings.Kept, int64, target.device);                            // beyond the last: not kept
        places.index_put_(arange(settings.Kept, int64, target.device), chosen);
        return [places.DetachFromDisposeScope(), votes.clone().DetachFromDisposeScope()];
    }

    public override Tensor forward(Tensor[] inputs)
    {
        var x = Place(inputs[0], inputs[1]);                                                           // (batch, space)
        if (!training)
        {
            using var distances = cdist(x.to(ScalarType.Float64), keys ??= Keys(), 2, TorchSharp.compute_mode.use_mm_for_euclid_dist);
            return Said(nn.functional.softmax(distances.div_(-settings.Temperature), 1).to(ScalarType.Float32), kept_votes);
        }
        var drawn = Drawn(inputs[2]);
        var others = Place(kept_numbers.index_select(0, drawn), kept_codes?.index_select(0, drawn));
        var nearness = cdist(x, cat([x, others], 0), 2, TorchSharp.compute_mode.use_mm_for_euclid_dist) / -settings.Temperature;
        nearness.diagonal(0, 0, 1).fill_(float.NegativeInfinity);                                      // none votes for itself
        var shares = nn.functional.softmax(nearness, 1);                                               // (batch, batch + drawn)
        return Said(shares, cat([inputs[3], kept_votes.index_select(0, drawn)], 0));
    }

    public override void train(bool on = true)
    {
        base.train(on);
        keys?.Dispose();
        keys = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) keys?.Dispose();
        base.Dispose(disposing);
    }

    /// <returns>(batch, space) where rows lie.</returns>
    Tensor Place(Tensor numberInputs, Tensor? codes)
    {
        var parts = new List<Tensor>();
        if (num_embeddings is not null) parts.Add(num_embeddings.call(numberInputs.narrow(1, 0, numbers)).to(ScalarType.Float32));
        if (numberInputs.shape[1] > numbers) parts.Add(numberInputs.narrow(1, numbers, numberInputs.shape[1] - numbers));
        if (cat_embeddings is not null) parts.Add(cat_embeddings.call(codes!));
        var x = encoder.call(parts.Count == 1 ? parts[0] : cat(parts.ToArray(), 1)).to(ScalarType.Float32);
        for (var i = 0; i < norms.Count; i++)
            x = narrow[i].call(widen[i].Rectified(norms[i].call(x), dropout)).to(ScalarType.Float32);
        return last_norm is null ? x : last_norm.call(x);
    }

    // In double precision: of neighbours that lie close together a difference of squares in single precision leaves little.
    Tensor Keys()
    {
        using var scope = NewDisposeScope();
        const int size = 8192;
        var parts = kept_numbers.split(size).Select((rows, i) => Place(rows, kept_codes?.narrow(0, i * size, rows.shape[0])));
        return cat([.. parts], 0).to(ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <returns>Places of kept rows drawn at random, those of the batch left out.</returns>
    Tensor Drawn(Tensor batch)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var free = ones(settings.Kept + 1, ScalarType.Bool, batch.device);
        free.index_fill_(0, batch, 0);
        var order = randperm(settings.Kept, int64, generator: random.Host).to(batch.device);
        order = order.masked_select(free.index_select(0, order));
        return order.narrow(0, 0, Math.Min(order.shape[0], settings.Drawn)).MoveToOuterDisposeScope();
    }

    /// <param name="shares">(batch, voters), each row's sum is 1.</param>
    /// <param name="votes">(voters, votes)</param>
    Tensor Said(Tensor shares, Tensor votes)
    {
        var vote = shares.matmul(votes);                                                               // (batch, votes)
        return settings.Variant switch
        {
            "classes" => (vote + Least).log(),
            "chances" => (vote + Least).log() - (shares.matmul(1 - votes) + Least).log(),              // 1 − vote may round to less than nothing
            "quantiles" => vote + (shares.matmul(votes * votes) - vote * vote).clamp(min: 1e-6).sqrt() * spread!,
            _ => vote,
        };
    }
}
