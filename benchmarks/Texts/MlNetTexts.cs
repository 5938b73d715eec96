using Microsoft.ML;
using Microsoft.ML.Transforms.Text;

namespace Kaggle.Benchmarks.Texts;

/// <summary>ML.NET's text featuriser (words and pairs, TF-IDF) with its L-BFGS logistic regression, as a reference.</summary>
static class MlNetTexts
{
    /// <returns>The chances of the later texts' second class.</returns>
    public static float[] Fit(string?[] texts, float[] labels, int rows)
    {
        var ml = new MLContext(seed: 1);
        var all = texts.Zip(labels, (text, label) => new LabelledText { Text = text ?? "", Label = label > 0.5f }).ToArray();
        var features = new TextFeaturizingEstimator.Options
        {
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf },
            CharFeatureExtractor = null, KeepPunctuations = false,
        };
        var model = ml.Transforms.Text.FeaturizeText("Features", features, nameof(LabelledText.Text))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(LabelledText.Label), l1Regularization: 0, l2Regularization: 1))
            .Fit(ml.Data.LoadFromEnumerable(all[..rows]));
        return [.. ml.Data.CreateEnumerable<SaidChance>(model.Transform(ml.Data.LoadFromEnumerable(all[rows..])), reuseRowObject: false).Select(said => said.Probability)];
    }

    sealed class LabelledText
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    sealed class SaidChance
    {
        public float Probability { get; set; }
    }
}
