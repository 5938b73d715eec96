using Kaggle.Baselines.Text;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Text;

/// <summary>A bag of embeddings answers with its layer's product with a text's vector: what the vectors are shows in the log odds of texts of one word.</summary>
public sealed class VectorsFromFileTests : IDisposable
{
    // The last is the sum of the two first; none of the rows has the word "lava".
    const string Vectors = "fire 1 2 -1\nflood -3 0.5 2\nstorm -2 2.5 1\nlava 9 9 9\n";

    readonly string file = Path.GetTempFileName();

    public VectorsFromFileTests() => File.WriteAllText(file, Vectors);

    public void Dispose() => File.Delete(file);

    BagOfEmbeddings Learner => new()
    {
        Vectors = new(file), Features = new() { TfIdf = new() { Letters = null, Words = new(1, 2) { MinTexts = 1 }, UnitLength = false, RareCountMore = false } },
    };

    /// <returns>Log odds of each text, less the empty text's.</returns>
    static double[] Odds(IModel model, params string[] texts)
    {
        var said = model.Predict(new([new TextColumn("text", texts.Append("").ToArray<string?>())]));
        double Of(int row) => Math.Log(said[row, 0] / (1.0 - said[row, 0]));
        return [.. Enumerable.Range(0, texts.Length).Select(row => Of(row) - Of(texts.Length))];
    }

    /// <summary>Only "fire" counts, and it is seen once.</summary>
    IModel SeenFireOnce(BagOfEmbeddings learner, int seed = 0) => (learner with { Epochs = 1 }).Fit(
        new([new TextColumn("text", new string?[] { "fire", "flood", "Storm!", "quake" })], new(Target.Binary("y"), new(new float[] { 1, 0, 0, 0 }, 1), ["no", "yes"]), weights: new float[] { 1, 0, 0, 0 }),
        null, new() { Seed = seed });

    [Fact]
    public void Known_words_begin_at_the_files_vectors()
    {
        // The layer was 0 and has moved along the vector of "fire", however far: log odds are as these vectors' products with it.
        using var model = SeenFireOnce(Learner);
        var odds = Odds(model, "fire", "flood", "storm");
        Assert.True(odds[0] > 0.01);
        Assert.Equal((-3 + 1 - 2) / 6.0, odds[1] / odds[0], 1e-4);                        // flood · fire / |fire|²
        Assert.Equal((-2 + 5 - 1) / 6.0, odds[2] / odds[0], 1e-4);
    }

    [Fact]
    public void Words_that_the_file_lacks_are_drawn_as_widely_as_its_words_are_spread()
    {
        // The root mean square of the nine numbers of words that the rows have; drawn evenly none is farther than √3 times that.
        var most = Math.Sqrt(3) * Math.Sqrt(new[] { 1, 2, -1, -3, 0.5, 2, -2, 2.5, 1 }.Average(v => v * v));
        double[] products = [.. Enumerable.Range(0, 40).Select(seed =>
        {
            using var model = SeenFireOnce(Learner, seed);
            var odds = Odds(model, "fire", "quake");
            return 6 * odds[1] / odds[0];                                                 // quake · fire
        })];
        Assert.All(products, product => Assert.InRange(Math.Abs(product), 0, most * (1 + 2 + 1)));
        // The product of independent numbers with (1, 2, −1) deviates by √6 times as much as they do.
        Assert.InRange(Math.Sqrt(products.Average(p => p * p)), 0.6 * most / Math.Sqrt(3) * Math.Sqrt(6), 1.4 * most / Math.Sqrt(3) * Math.Sqrt(6));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Frozen_vectors_stay_and_others_learn(bool frozen)
    {
        string[] words = ["fire", "flood", "storm"];
        var rows = new Dataset([new TextColumn("text", Enumerable.Range(0, 30).Select(i => (string?)words[i % 3]).ToArray())],
            new(Target.Binary("y"), new(Enumerable.Range(0, 30).Select(i => i % 3 == 2 ? 0f : 1).ToArray(), 1), ["no", "yes"]));
        using var model = (Learner with { Vectors = new(file) { Frozen = frozen }, Epochs = 5, LearningRate = 0.1 }).Fit(rows, null, new() { Seed = 1 });
        var odds = Odds(model, words);
        // While storm = fire + flood, no layer tells it from them.
        if (frozen) Assert.Equal(odds[0] + odds[1], odds[2], 1e-4);
        else Assert.True(odds[2] < odds[0] + odds[1] - 0.1);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_before_anything_is_learned()
    {
        var learner = Learner with { Vectors = new("nowhere.vec") };
        Assert.Contains("There is no file of word vectors at", learner.Lacks);
        Assert.Null(Learner.Lacks);
        Assert.Contains("nowhere.vec", Assert.Throws<InputException>(() => SeenFireOnce(learner).Dispose()).Message);
    }
}
