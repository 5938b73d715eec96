using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What the users most like this one said of the item, beside the baseline of user and item.</summary>
/// <remarks>Koren 2010, Factor in the Neighbors, section 3; Surprise's KNNBaseline over users.</remarks>
public sealed record UserNeighbours : PairLearner
{
    public LikenessRecipe Likeness { get; init; } = new();

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context) => Likeness.Fit(RatedSide.User, RatedPairs.Of(train, User, Item), context);

    public override IModel Load(string folder, FitContext context) => LikenessModel.Load(folder);
}
