using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Recommendation;

/// <summary>Users and items, each with what is known of them, as vectors whose product says who had what: learned against the other items of the batch.</summary>
/// <remarks>
/// Yi et al. 2019, Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations (RecSys): softmax over the items of the batch. Among those popular items
/// stand more often, so products say how much more than usual an item suits, and the logarithm of its share of all events is added as a bias.
/// Number and category columns that are the same in all rows of a user describe the user; those of an item likewise.
/// </remarks>
public sealed record TwoTower : EventLearner
{
    public TwoTower() => (Dropout, Epochs, LearningRate) = (0.2, 20, 5e-3);

    /// <summary>Of the embedding of each column.</summary>
    public int Embedding { get; init => field = Require.AtLeast(1, value); } = 32;

    public int Hidden { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>What products are divided by.</summary>
    public double Temperature { get; init => field = Require.Positive(value); } = 0.1;

    /// <summary>Whether columns beside user and item are used.</summary>
    public bool SideColumns { get; init; } = true;

    /// <summary>A batch's items are told from each other: one alone would teach nothing.</summary>
    public override int BatchSize { get; init => field = Require.AtLeast(2, value); } = 512;

    public override ColumnKind Uses => ColumnKind.Category | ColumnKind.Number;

    private protected override int QuickEpochs => 3;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        var (users, items) = pairs.Names.Places(train);
        var beside = SideColumns ? Beside(train) : [];
        var (userSide, itemSide) = (SideTable.Of(pairs.ByUser.Count, users, beside), SideTable.Of(pairs.ByItem.Count, items, beside));
        var device = TorchDevice.Of(context);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        using var network = new TwoTowerNetwork(userSide.Levels, itemSide.Levels, Embedding, Hidden, Width, Dropout, random);
        network.to(device);
        var record = pairs.Users.Length == 0 ? FitRecord.Nothing : Learn(network, pairs, userSide, itemSide, random, context, device);
        using var inference = inference_mode();
        network.eval();
        float[] Vectors(SideTable side, Func<Tensor, Tensor> tower, double scale) =>
            side.Ones == 0 ? [] : [.. (tower(side.Rows(Enumerable.Range(0, side.Ones), device)) * scale).contiguous().cpu().data<float>()];
        float[] bias = [.. Enumerable.Range(0, pairs.ByItem.Count).Select(item => (float)Math.Log((double)pairs.ByItem.Length(item) / pairs.Users.Length))];
        return new FactorModel(pairs.Names,
            new(0, new float[pairs.ByUser.Count], bias, Vectors(userSide, network.Users, 1 / Temperature), Vectors(itemSide, network.Items, 1), Width), range: null, record);
    }

    FitRecord Learn(TwoTowerNetwork network, RatedPairs pairs, SideTable userSide, SideTable itemSide, Randomness random, FitContext context, Device device)
    {
        using var rows = new ResidentRows(
            [userSide.Rows(pairs.Users, device).DetachFromDisposeScope(), itemSide.Rows(pairs.Items, device).DetachFromDisposeScope()],
            tensor(Array.ConvertAll(pairs.Items, i => (long)i), device: device).DetachFromDisposeScope());
        return Learn(network, rows, (output, batch) => Loss(output, batch.Target), random, context);
    }

    /// <param name="output">(batch, 2 · width).</param>
    /// <param name="items">(batch) places.</param>
    Tensor Loss(Tensor output, Tensor items)
    {
        var sides = output.chunk(2, 1);
        var scores = sides[0].matmul(sides[1].t()) / Temperature;                                              // (batch, batch)
        // Another row of the same item is no other item.
        var same = items.unsqueeze(0).eq(items.unsqueeze(1)).logical_and(eye(items.shape[0], dtype: ScalarType.Bool, device: items.device).logical_not());
        return nn.functional.cross_entropy(scores.masked_fill(same, double.NegativeInfinity), arange(items.shape[0], ScalarType.Int64, items.device));
    }
}
