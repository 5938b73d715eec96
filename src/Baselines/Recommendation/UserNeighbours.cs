using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>What the users most like this one said of the item, beside the baseline of user and item.</summary>
/// <remarks>Koren 2010, Factor in the Neighbors, section 3; Surprise's KNNBaseline over users.</remarks>
public sealed record UserNeighbours : IRatesPairs
{
    public string Name { get; init; } = "UserNeighbours";

    /// <summary>The column of users.</summary>
    public string User { get; init; } = "user";

    /// <summary>The column of items.</summary>
    public string Item { get; init; } = "item";

    public LikenessRecipe Likeness { get; init; } = new();

    public ColumnKind Uses => ColumnKind.Category;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => Likeness.Fit(RatedSide.User, RatedPairs.Of(train, User, Item), context);

    public IModel Load(string folder, FitContext context) => LikenessModel.Load(folder);
}
