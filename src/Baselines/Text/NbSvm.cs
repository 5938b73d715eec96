using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Logistic regression on pieces of texts weighted by how much more often one class has them than the other.</summary>
/// <remarks>
/// Each feature is multiplied by r = ln((α + its sum over the class) / (all features' sums)) − the same over the other rows; a class's chances
/// are then learned against the rest. S. Wang, C. Manning, "Baselines and Bigrams", ACL 2012, with logistic loss and TF-IDF in place of counts.
/// </remarks>
public sealed record NbSvm : ILearner
{
    public string Name { get; init; } = "NbSvm";

    /// <summary>The weight of the rows against the penalty; null: found on rows left out.</summary>
    public double? C { get; init => field = value is { } c ? Require.Positive(c) : null; } = 4;

    /// <summary>What is added to each feature's sum, so that a piece which one class never has is not all that counts.</summary>
    public double Alpha { get; init => field = Require.Positive(value); } = 1;

    public TextFeatures Features { get; init; } = new();

    public ColumnKind Uses => ColumnKind.Text | ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context);
        var answers = train.Answers;
        var ratios = Enumerable.Range(0, answers.Outputs).Select(k => Ratios(x, features.TextWidth, row =>
            answers.Task == TaskKind.Multiclass ? answers.Truth[row, 0] == k : answers.Truth[row, k] == 1)).ToArray();
        return TextClassifier.Fit(train, features, x, C, context, ratios);
    }

    public IModel Load(string folder, FitContext context) => TextModel.Load(folder, context.Threads);

    /// <returns>(features) r for the texts' features, 1 for all others.</returns>
    float[] Ratios(SparseRows x, int textWidth, Func<int, bool> isOfClass)
    {
        var (own, others) = (new double[textWidth], new double[textWidth]);
        Array.Fill(own, Alpha);
        Array.Fill(others, Alpha);
        for (var row = 0; row < x.Count; row++)
        {
            var features = x.FeaturesOf(row);
            var values = x.ValuesOf(row);
            var sums = isOfClass(row) ? own : others;
            for (var i = 0; i < values.Length; i++)
                if (features[i] < textWidth) sums[features[i]] += values[i];
        }
        var (ownSum, otherSum) = (own.Sum(), others.Sum());
        var ratios = new float[x.Width];
        Array.Fill(ratios, 1);
        for (var j = 0; j < textWidth; j++) ratios[j] = (float)Math.Log(own[j] / ownSum / (others[j] / otherSum));
        return ratios;
    }
}
