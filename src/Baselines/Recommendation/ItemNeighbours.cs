using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What the user said of the items most like this one, beside the baseline of user and item.</summary>
/// <remarks>Koren 2010, Factor in the Neighbors, section 3; Surprise's KNNBaseline over items.</remarks>
public sealed record ItemNeighbours : PairLearner
{
    public LikenessRecipe Likeness { get; init; } = new();

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context) => Likeness.Fit(RatedSide.Item, RatedPairs.Of(train, User, Item), context);

    public override IModel Load(string folder, FitContext context) => LikenessModel.Load(folder);
}
