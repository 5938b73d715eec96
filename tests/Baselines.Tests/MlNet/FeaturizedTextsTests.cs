using Kaggle.Baselines.MlNet;
using Kaggle.Core.Data;
using Microsoft.ML;
using Microsoft.ML.Transforms.Text;

namespace Kaggle.Tests.Baselines.MlNet;

public class FeaturizedTextsTests
{
    static readonly string[] Words = ["fire", "flood", "song", "movie", "near", "the", "town", "again", "tonight"];

    static readonly (string Text, bool Yes)[] Rows = Drawn();

    /// <summary>What ML.NET says when it is called as its manual shows, without this project in between.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(1, 0)]
    public void It_says_what_the_library_says(int words, int letters)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Rows.Select(row => new Labelled { Text = row.Text, Label = row.Yes }));
        WordBagEstimator.Options Runs(int length, bool all) => new() { NgramLength = length, UseAllLengths = all, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf };
        var pipeline = ml.Transforms.Text.FeaturizeText("Features", new TextFeaturizingEstimator.Options
        {
            WordFeatureExtractor = Runs(words, true), CharFeatureExtractor = letters == 0 ? null : Runs(letters, false), KeepPunctuations = false,
        }, nameof(Labelled.Text)).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Labelled.Label), l1Regularization: 0, l2Regularization: 0.2f));
        float[] expected = [.. ml.Data.CreateEnumerable<Chance>(pipeline.Fit(view).Transform(view), reuseRowObject: false).Select(said => said.Probability)];

        var rows = new Dataset([new TextColumn("text", Rows.Select(row => (string?)row.Text).ToArray())], new(Target.Binary("y"), new(Rows.Select(row => row.Yes ? 1f : 0).ToArray(), 1), ["no", "yes"]));
        using var model = new FeaturizedTexts { Words = words, Letters = letters, L2 = 0.2 }.Fit(rows, null, new());

        Assert.Equal(expected, model.Predict(rows).Values.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.True(expected.Max() - expected.Min() > 0.5);
    }

    [Fact]
    public void Numbers_beside_texts_are_learned_from_too()
    {
        var answers = new TargetValues(Target.Binary("y"), new(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 0f : 1).ToArray(), 1), ["no", "yes"]);
        var rows = new Dataset(
            [new TextColumn("text", Enumerable.Repeat<string?>("the same", 60).ToArray()), new NumberColumn("size", Enumerable.Range(0, 60).Select(i => 1000f + i % 2).ToArray())], answers);
        using var model = new FeaturizedTexts().Fit(rows, null, new());
        var said = model.Predict(rows);
        Assert.True(said[0, 0] < 0.3 && said[1, 0] > 0.7);
    }

    static (string Text, bool Yes)[] Drawn()
    {
        var draws = new Draws(4);
        return [.. Enumerable.Range(0, 80).Select(_ =>
        {
            var word = draws.Whole(0, 3);
            return ($"{draws.Of(Words[4..])} {Words[word]} {draws.Of(Words[4..])}, {draws.Of(Words[4..])}!", word < 2);
        })];
    }

    sealed class Labelled
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    sealed class Chance
    {
        public float Probability { get; set; }
    }
}
