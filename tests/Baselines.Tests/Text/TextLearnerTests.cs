using Kaggle.Baselines.Text;
using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Text;

/// <summary>Each against scikit-learn's on the same texts (peer_vectors.py).</summary>
public class TextLearnerTests
{
    static readonly TfIdf Plain = new() { Cleaning = new(), Symbols = false };

    static readonly TextFeatures Both = new() { TfIdf = Plain };

    static readonly TargetValues Yes = new(Target.Binary("y"), new(TextPeerVectors.Yes, 1), ["no", "yes"]);

    static Dataset Texts(TargetValues answers) => new([new TextColumn("text", TextPeerVectors.Texts)], answers);

    static void Says(float[] expected, ILearner learner, Dataset rows, float within)
    {
        using var model = learner.Fit(rows, null, new());
        var found = model.Predict(rows).Values.Values.Span;
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], within);
    }

    [Fact]
    public void Words_and_pairs_weigh_as_scikit_learns()
    {
        var likeness = TextLikeness.Of(TextPeerVectors.Texts, Plain with { Letters = null });
        for (var i = 0; i < TextPeerVectors.WordCosines.Length; i++) Assert.Equal(TextPeerVectors.WordCosines[i], likeness.Cosine(0, i), 1e-5f);
    }

    [Fact]
    public void Letters_within_words_weigh_as_scikit_learns()
    {
        var likeness = TextLikeness.Of(TextPeerVectors.Texts, Plain with { Words = null, Letters = new(2, 5) { MinTexts = 1 } });
        for (var i = 0; i < TextPeerVectors.LetterCosines.Length; i++) Assert.Equal(TextPeerVectors.LetterCosines[i], likeness.Cosine(0, i), 1e-5f);
    }

    [Fact]
    public void Letters_that_reach_over_words_weigh_as_scikit_learns()
    {
        var likeness = TextLikeness.Of(TextPeerVectors.Texts, Plain with { Words = null, Letters = new(2, 4) { MinTexts = 1 }, LettersAcrossWords = true });
        for (var i = 0; i < TextPeerVectors.AcrossCosines.Length; i++) Assert.Equal(TextPeerVectors.AcrossCosines[i], likeness.Cosine(0, i), 1e-5f);
    }

    [Fact]
    public void Numbers_of_one_length_can_be_one_word()
    {
        string[] numbers = ["call 0800 123 now", "call 0906 777 now", "ring 12 now", "1 22 333"];
        var likeness = TextLikeness.Of(numbers, Plain with { Letters = null, Words = new(1, 2) { MinTexts = 1 }, Cleaning = new() { DigitsAlike = true } });
        for (var i = 0; i < numbers.Length; i++) Assert.Equal(TextPeerVectors.DigitCosines[i], likeness.Cosine(0, i), 1e-5f);
        Assert.Equal("00 and 00", new TextCleaning { DigitsAlike = true }.Clean("٣٧ and 42"));
    }

    [Fact]
    public void Common_pieces_can_be_dropped_and_lengths_and_counts_left_as_they_are()
    {
        var settings = Plain with { Letters = null, Words = new(1, 2) { MaxShare = 0.3 }, Sublinear = false, UnitLength = false };
        var likeness = TextLikeness.Of(TextPeerVectors.Texts, settings);
        for (var i = 0; i < TextPeerVectors.CappedProducts.Length; i++) Assert.Equal(TextPeerVectors.CappedProducts[i], likeness.Cosine(2, i), 1e-3f);
    }

    [Fact]
    public void Logistic_of_texts() => Says(TextPeerVectors.LogisticOf3, new TextLogistic { C = 3, Features = Both }, Texts(Yes), 2e-3f);

    [Fact]
    public void Softmax_of_texts() => Says(TextPeerVectors.SoftmaxOf3, new TextLogistic { C = 3, Features = Both },
        Texts(new(Target.Classes("k"), new(TextPeerVectors.Kinds, 1), ["a", "b", "c"])), 2e-3f);

    [Fact]
    public void Nb_svm_of_words() => Says(TextPeerVectors.NbSvmOf4, new NbSvm { Features = Both with { TfIdf = Plain with { Letters = null } } }, Texts(Yes), 2e-3f);

    [Fact]
    public void Ridge_of_texts() => Says(TextPeerVectors.RidgeOfAHalf, new TextRidge { Alpha = 0.5, Features = Both },
        Texts(new(Target.Number("v"), new(TextPeerVectors.Value, 1))), 2e-3f);

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        string?[] many = [.. Enumerable.Range(0, 3000).Select(i => $"{TextPeerVectors.Texts[i % 16]} and {i * 7919 % 101}")];
        var rows = new Dataset([new TextColumn("text", many)], new(Target.Binary("y"), new(Array.ConvertAll(many, t => t!.Contains("ire") ? 1f : 0f), 1), ["no", "yes"]));
        float[] Fitted(int threads)
        {
            using var model = new TextLogistic { C = 1 }.Fit(rows, null, new() { Threads = threads });
            return model.Predict(rows).Values.Values.ToArray();
        }
        Assert.Equal(Fitted(1), Fitted(3));
    }

    [Fact]
    public void One_step_of_a_bag_of_embeddings_is_what_calculus_says()
    {
        // One text of one word, seen once: the intercept begins at ln 3 and moves by rate · (1 − 0.75), the layer, still 0, by as much along a vector
        // whose squared length is at most 1/width.
        var row = new Dataset([new TextColumn("text", new string?[] { "fire" })], new(Target.Binary("y"), new(new[] { 1f }, 1), ["no", "yes"]));
        var features = new TextFeatures { TfIdf = Plain with { Letters = null, Words = new(1, 1) { MinTexts = 1 } } };
        using var model = new BagOfEmbeddings { Width = 100, Epochs = 1, LearningRate = 0.4, Features = features }.Fit(row, null, new());
        var said = model.Predict(row)[0, 0];
        Assert.InRange(Math.Log(said / (1 - said)), Math.Log(3) + 0.1 - 1e-5, Math.Log(3) + 0.1 * 1.01 + 1e-5);
    }

    [Fact]
    public void A_bag_of_vectors_of_one_number_puts_classes_on_a_line()
    {
        var rows = Texts(new(Target.Classes("k"), new(TextPeerVectors.Kinds, 1), ["a", "b", "c"]));
        using var model = new BagOfEmbeddings { Width = 1, Epochs = 12, LearningRate = 0.5, Features = Both }.Fit(rows, null, new() { Seed = 3 });
        var said = model.Predict(rows);
        // Log odds less the empty text's: with one number a piece, two classes' are in one ratio for all texts.
        double Odds(int row, int k) => Math.Log(said[row, k] / said[row, 0]) - Math.Log(said[10, k] / said[10, 0]);
        var (first, others) = (Odds(0, 1) / Odds(0, 2), Enumerable.Range(1, 15).Where(row => row != 10 && Math.Abs(Odds(row, 2)) > 0.05).Select(row => Odds(row, 1) / Odds(row, 2)).ToArray());
        Assert.True(others.Length > 8);
        Assert.All(others, ratio => Assert.Equal(first, ratio, 0.01 * Math.Abs(first)));
    }

    [Fact]
    public void Ten_megabytes_of_text_in_one_cell_are_a_text_like_others()
    {
        var book = string.Join(' ', Enumerable.Range(0, 1_700_000).Select(i => $"w{i * 7919 % 5000}"));
        Assert.True(book.Length > 10_000_000 - 2_000_000);
        string?[] texts = [.. Enumerable.Range(0, 39).Select(i => i % 2 == 0 ? "fire in the forest" : "a lovely summer"), book];
        var rows = new Dataset([new TextColumn("text", texts)], new(Target.Binary("y"), new(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1f : 0f).ToArray(), 1), ["no", "yes"]));
        using var model = new TextLogistic { C = 1 }.Fit(rows, null, new());
        var said = model.Predict(rows);
        Assert.True(said[0, 0] > 0.6 && said[1, 0] < 0.4);
        Assert.InRange(said[39, 0], 0, 1);
    }

    [Fact]
    public void Emoji_are_words_of_their_own_where_symbols_are()
    {
        var likeness = TextLikeness.Of(["good 👍🏽 day", "👍🏽", "👍", "day", "👩‍👩‍👧"], new() { Letters = null, Words = new(1, 1) { MinTexts = 1 } });
        Assert.True(likeness.Cosine(0, 1) > 0.3f);
        Assert.Equal(0, likeness.Cosine(1, 2));
        Assert.Equal(1, likeness.Cosine(4, 4), 1e-6f);
    }

    [Theory]
    [InlineData("CAFÉ", "cafe\u0301")]                          // one letter or two code points
    [InlineData("Ünïcode straße", "unicode straße")]
    public void Texts_that_look_the_same_are_the_same(string one, string other)
    {
        var likeness = TextLikeness.Of([one, other], new() { Letters = null, Words = new(1, 1) { MinTexts = 1 } });
        Assert.Equal(1, likeness.Cosine(0, 1), 1e-5f);
    }

    [Fact]
    public void Addresses_and_tags_can_be_made_alike()
    {
        Assert.Equal("see  url  & <3", new TextCleaning { Html = true, ReplaceUrls = true }.Clean("See http://t.co/a1?b=c &amp; &lt;3").Trim());
        Assert.Equal("bold", new TextCleaning { Html = true }.Clean("<p class=\"x\">Bold</p>").Trim());
    }
}
