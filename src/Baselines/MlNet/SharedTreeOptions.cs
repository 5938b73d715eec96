using Kaggle.Core.Learning;
using Microsoft.ML.Trainers.FastTree;

namespace Kaggle.Baselines.MlNet;

/// <summary>What ML.NET's forest and its boosted trees are told alike.</summary>
static class SharedTreeOptions
{
    public static T Sharing<T>(this T options, int trees, int leaves, int minRowsInLeaf, int rows, FitContext context) where T : TreeOptions
    {
        options.FeatureColumnName = TableView.Features;
        options.LabelColumnName = TableView.Label;
        options.ExampleWeightColumnName = TableView.Weight;
        options.NumberOfTrees = trees;
        options.NumberOfLeaves = leaves;
        options.MinimumExampleCountPerLeaf = Math.Clamp(rows / 2, 1, minRowsInLeaf);
        options.NumberOfThreads = Math.Max(1, context.Threads);
        options.Seed = context.Seed;
        options.FeatureSelectionSeed = context.Seed;
        return options;
    }
}
