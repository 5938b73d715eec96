using Kaggle.Baselines.Boosting;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>All that must keep the laws; a line adds one. Settings are small: a law is about what is learned, not how well.</summary>
static class Registry
{
    public static readonly IReadOnlyDictionary<string, ILearner> Learners = new Dictionary<string, ILearner>
    {
        ["LightGBM"] = new LightGbm { Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 5 },
        ["LightGBM with draws"] = new LightGbm
        {
            Rounds = 40, LearningRate = 0.2, MinRowsInLeaf = 2, RowFraction = 0.7, ColumnFraction = 0.8, ExtraTrees = true, L2 = 0.1, Balanced = true,
        },
        ["LightGBM of linear trees"] = new LightGbm { Rounds = 20, LearningRate = 0.2, MinRowsInLeaf = 20, LinearTrees = true, L2 = 1 },
    };

    /// <summary>Learners that look at no column: they need not beat themselves.</summary>
    public static readonly IReadOnlySet<string> Dummies = new HashSet<string>();
}
