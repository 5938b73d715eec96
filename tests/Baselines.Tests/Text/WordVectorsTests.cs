using Kaggle.Baselines.Text;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Baselines.Text;

public sealed class WordVectorsTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    WordVectors Read(string text)
    {
        File.WriteAllText(file, text);
        return WordVectors.Read(file);
    }

    [Theory]
    [InlineData("fire 1 2\nflood -3 0.5\n")]                    // GloVe
    [InlineData("2 2\nfire 1 2 \nflood -3 5e-1 \n")]            // word2vec and fastText: counts first, a space last
    public void Both_text_forms_are_read(string text)
    {
        var vectors = Read(text);
        Assert.Equal([1f, 2], vectors.Of("fire").ToArray());
        Assert.Equal([-3f, 0.5f], vectors.Of("flood").ToArray());
        Assert.True(vectors.Of("storm").IsEmpty);
    }

    [Fact]
    public void A_word_may_hold_spaces() => Assert.Equal([1f, 2], Read("a 0 0\n. . . 1 2\n").Of(". . .").ToArray());

    [Theory]
    [InlineData("fire 1 2\nflood 3\n", "line 2")]
    [InlineData("fire 1 2\nflood 3 x\n", "line 2")]
    [InlineData("PK\u0003\u0004\n\u0001\n", "line 1")]
    [InlineData("", "no word vectors")]
    public void What_is_no_such_file_is_said(string text, string where) =>
        Assert.Contains(where, Assert.Throws<InputException>(() => Read(text)).Message);

    [Fact]
    public void Words_are_pooled_by_mean_weighted_mean_and_maximum()
    {
        var vectors = Read("a 1 4\nb 3 0\n");
        Assert.Equal([2f, 2], vectors.Mean(["a", "b", "unknown"]));
        Assert.Equal([2.5f, 1], vectors.Mean(["a", "b"], word => word == "b" ? 3 : 1));
        Assert.Equal([3f, 4], vectors.Max(["a", "b"]));
        Assert.Equal([0f, 0], vectors.Mean(["unknown"]));
    }

    [Fact]
    public void Words_of_one_company_lie_nearer_than_strangers()
    {
        string[][] groups = [["gear", "pinion", "shaft"], ["gear", "shaft"], ["pinion", "shaft", "gear"], ["wire", "anode"], ["wire", "anode", "film"], ["film", "wire"]];
        var vectors = CompanyOfWords.Learn(groups, width: 2);
        float Cosine(string a, string b) => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(vectors.Of(a), vectors.Of(b));
        Assert.True(Cosine("gear", "pinion") > 0.9f);
        Assert.True(Cosine("gear", "wire") < 0.1f);
    }

    [Theory]
    [InlineData("kitten", "sitting", 1 - 3 / 7.0)]
    [InlineData("", "", 1)]
    [InlineData("", "abc", 0)]
    public void Edit_is_one_less_the_share_of_letters_changed(string a, string b, double expected) => Assert.Equal(expected, PhraseLikeness.Edit(a, b), 1e-12);

    [Fact]
    public void The_longest_shared_run_is_a_share_of_the_shorter() => Assert.Equal(4 / 5.0, PhraseLikeness.LongestShared("gears", "a gear box"), 1e-12);
}
