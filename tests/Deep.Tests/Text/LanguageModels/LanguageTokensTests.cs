using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text.LanguageModels;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Text.LanguageModels;

public class LanguageTokensTests
{
    // The first is fastai's own example (fastbook, chapter 10), but that full stops are words here.
    [Theory]
    [InlineData("&copy;   Fast.ai www.fast.ai/INDEX", "xxbos © xxmaj fast . ai xxrep 3 w . fast . ai / xxup index")]
    [InlineData("Hello no no no no !!!! A iPhone", "xxbos xxmaj hello xxwrep 4 no xxrep 4 ! a iphone")]
    [InlineData("sooooo 10000 😀😀😀 cafe\u0301", "xxbos s xxrep 5 o 10000 xxrep 3 😀 café")]
    [InlineData("", "xxbos")]
    public void Texts_become_words_and_tokens_of_what_was_taken_out(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', LanguageTokens.Split(text)));

    [Fact]
    public void Half_a_pair_is_an_unreadable_sign() => Assert.Equal(["xxbos", "\uFFFD", "x"], LanguageTokens.Split("\uD83D x"));

    [Fact]
    public void Several_columns_are_told_apart() => Assert.Equal("xxbos xxfld 1 fire xxfld 2", string.Join(' ', LanguageTokens.Split("fire", null)));

    [Fact]
    public void Rare_words_are_unknown_and_the_vocabulary_is_a_multiple_of_eight()
    {
        var words = LanguageTokens.Learn([["fire", "flood"], ["fire"]], minTimes: 2, most: 100);
        Assert.Equal(16, words.Words.Count);
        Assert.Equal([9, LanguageTokens.Unknown, LanguageTokens.Pad], words.Numbers(["fire", "flood", "xxpad"]));
    }

    [Fact]
    public void Streams_go_on_where_they_stopped_and_ask_for_the_next_word()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        int[][] texts = [.. Enumerable.Range(0, 20).Select(text => Enumerable.Range(0, 5).Select(i => 100 * text + i).ToArray())];
        using var streams = new LanguageStreams(texts, 7, CPU);
        var batches = streams.Shuffled(4, random).ToArray();

        Assert.Equal(streams.Batches(4), batches.Length);
        var seen = cat([.. batches.Select(b => b.Inputs[0])], 1);                        // (4, 24)
        var next = cat([.. batches.Select(b => b.Target)], 1);
        Assert.Equal([4L, 24], seen.shape);
        Assert.True(seen.narrow(1, 1, 23).equal(next.narrow(1, 0, 23)).all().item<bool>());
        Assert.Equal([1L, 0, 0, 0], batches.Select(b => b.Inputs[1][0].item<long>()));
        Assert.Equal(96, seen.data<long>().ToArray().Distinct().Count());
        // Words of one text stay in their order.
        Assert.True(seen.flatten().narrow(0, 0, 24).data<long>().ToArray().Zip(next[0].data<long>().ToArray()).Count(p => p.Second == p.First + 1) >= 18);
    }
}
