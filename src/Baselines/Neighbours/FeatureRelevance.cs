using System.Numerics.Tensors;
using Kaggle.Baselines.Dummies;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Baselines.Neighbours;

/// <summary>How much each feature tells of the answers by itself.</summary>
static class FeatureRelevance
{
    const int Ranges = 16;

    /// <summary>A feature that tells nothing alone may tell something beside others: so much of the best is the least.</summary>
    const float Least = 0.02f;

    /// <returns>(features) the share of the answers' variance that ranges of the feature explain on rows left out, 1 for the best.</returns>
    public static float[] Of(Dataset train, FeatureMatrix x, int seed)
    {
        var answers = RuleAnswers.Of(train);
        var fold = InnerFolds.Assign(train, 5, seed);
        var none = answers.InnerError(new int[train.Rows], 1, fold, smoothing: 1);
        var explained = new float[x.Features.Length];
        for (var j = 0; j < explained.Length; j++)
        {
            var column = new NumberColumn(x.Features[j], x.Values.Column(j));
            var cut = RuleColumn.Of(column, Ranges)!;
            if (none > 0) explained[j] = (float)Math.Max(0, 1 - answers.InnerError(cut.Places(column), cut.Count, fold, smoothing: 1) / none);
        }
        var best = TensorPrimitives.Max<float>(explained);
        return Array.ConvertAll(explained, e => best > 0 ? Math.Max(Least, e / best) : 1);
    }

    public static Matrix Scaled(Matrix x, float[] scales)
    {
        var scaled = new float[x.Values.Length];
        for (var row = 0; row < x.Rows; row++) TensorPrimitives.Multiply(x.Row(row), scales, scaled.AsSpan(row * x.Columns, x.Columns));
        return new(scaled, x.Columns);
    }
}
