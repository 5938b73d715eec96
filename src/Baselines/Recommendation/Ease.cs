using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>The linear model that says of an item, from all others that a user had, whether it belongs to them: one matrix inverse.</summary>
/// <remarks>
/// Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data: P = (XᵀX + λI)⁻¹, B = −P with each column divided by its diagonal, 0 on the diagonal.
/// Every rated pair is an event, whatever the rating. Predictions are scores: only their order means something.
/// </remarks>
public sealed record Ease : PairLearner
{
    /// <summary>λ: how much is known of an item before anybody had it.</summary>
    public double Penalty { get; init => field = Require.Positive(value); } = 400;

    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        var items = pairs.ByItem.Count;
        ItemWeights.RequireFew(items, nameof(Ease));
        var together = ItemWeights.Together(pairs, context.Threads, context.Cancel);
        var matrix = new double[items][];
        for (var i = 0; i < items; i++)
        {
            matrix[i] = Array.ConvertAll(together[i][..(i + 1)], x => (double)x);
            matrix[i][i] += Penalty;
        }
        var inverse = PositiveMatrix.Factored(matrix, context.Threads, context.Cancel).Inverse(context.Threads, context.Cancel);
        var weights = new float[items * items];
        for (var from = 0; from < items; from++)
            for (var to = 0; to < items; to++)
                weights[from * items + to] = from == to ? 0 : (float)(-inverse[from][to] / inverse[to][to]);
        return new ItemWeightsModel(pairs.Names, pairs.ByUser, weights);
    }

    public override IModel Load(string folder, FitContext context) => ItemWeightsModel.Load(folder);
}
