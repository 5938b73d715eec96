using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Items that the same users had: the cosine of their users, summed over the items that a user had.</summary>
/// <remarks>Sarwar et al. 2001; the smart adaptive recommendations of recommenders-team/recommenders with the cosine as likeness.</remarks>
public sealed record ItemCosine : PairLearner
{
    /// <summary>So many users who had only the one item are added to each.</summary>
    public double Shrinkage { get; init => field = Require.AtLeast(0, value); } = 10;

    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        var items = pairs.ByItem.Count;
        ItemWeights.RequireFew(items, nameof(ItemCosine));
        var together = ItemWeights.Together(pairs, context.Threads, context.Cancel);
        var weights = new float[items * items];
        for (var from = 0; from < items; from++)
            for (var to = 0; to < items; to++)
                if (from != to) weights[from * items + to] = (float)(together[from][to] / (Math.Sqrt((double)together[from][from] * together[to][to]) + Shrinkage));
        return new ItemWeightsModel(pairs.Names, pairs.ByUser, weights);
    }

    public override IModel Load(string folder, FitContext context) => ItemWeightsModel.Load(folder);
}
