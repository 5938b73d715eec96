using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Tells everybody of what most had: what a ranking must beat.</summary>
public sealed record PopularItems : PairLearner
{
    public override bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        float[] counts = [.. Enumerable.Range(0, pairs.ByItem.Count).Select(item => (float)pairs.ByItem.Length(item))];
        return new FactorModel(pairs.Names, new(0, new float[pairs.ByUser.Count], counts, [], [], 0), range: null, FitRecord.Nothing);
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);
}
