using Kaggle.Core.Data;
using Kaggle.Deep.Text;

namespace Kaggle.Tests.Deep.Text;

public sealed class EncoderTokenizerTests : IDisposable
{
    static readonly string[] Tokens =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fire", "##s", "un", "##aff", "##able", "cafe", ",", "!", "the", "in", "中", "文", "forest"];

    readonly string folder = Directory.CreateTempSubdirectory("tokenizer-").FullName;

    public EncoderTokenizerTests() => File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Tokens);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string[] Read(string text, string? second = null, int most = 64) => [.. EncoderTokenizer.Read(folder).Encode(text, second, most).Ids.Select(id => Tokens[id])];

    [Theory]
    [InlineData("Unaffable fires!", "[CLS] un ##aff ##able fire ##s ! [SEP]")]
    [InlineData("CAFÉ, cafe\u0301", "[CLS] cafe , cafe [SEP]")]
    [InlineData("the 中文 xyz", "[CLS] the 中 文 [UNK] [SEP]")]
    [InlineData("", "[CLS] [SEP]")]
    public void Words_become_their_longest_pieces(string text, string tokens) => Assert.Equal(tokens, string.Join(' ', Read(text)));

    [Fact]
    public void Of_two_texts_the_longer_one_is_cut_first() =>
        Assert.Equal("[CLS] the the [SEP] fire [SEP]", string.Join(' ', Read("the the the the the", "fire", most: 6)));

    [Fact]
    public void The_second_text_has_another_type() =>
        Assert.Equal([0, 0, 0, 1, 1], EncoderTokenizer.Read(folder).Encode("fire", "forest", 64).Types);

    [Fact]
    public void Each_piece_knows_its_place() =>
        Assert.Equal([(0, 0), (0, 4), (4, 1), (6, 2), (0, 0)], EncoderTokenizer.Read(folder).Encode("fires in", null, 64).Places);

    [Fact]
    public void Xlm_r_counts_its_own_special_tokens_first_and_the_files_pieces_behind_them()
    {
        File.Delete(Path.Combine(folder, "vocab.txt"));
        SentencePieceFile.Write(Path.Combine(folder, "sentencepiece.bpe.model"), ["<unk>", "<s>", "</s>"], "<unk>", "<s>", "</s>",
            ("▁fire", -2), ("▁", -4), ("s", -3), ("fi", -3), ("re", -3), ("▁in", -2.5f));
        var tokenizer = EncoderTokenizer.Read(folder);
        // In the file ▁fire is 3, s is 5, ▁in is 8; x is unknown, behind a space of its own (4).
        Assert.Equal([0, 4, 6, 9, 2], tokenizer.Encode("fires in", null, 16).Ids);
        Assert.Equal([0, 4, 2, 2, 9, 2], tokenizer.Encode("fire", "in", 16).Ids);
        Assert.Equal([0, 5, 3, 2], tokenizer.Encode("x", null, 16).Ids);
        Assert.Equal((1, 10), (tokenizer.Pad, tokenizer.Mask));
    }

    [Fact]
    public void Deberta_reads_the_files_own_numbers_and_its_mask_follows_the_last_piece()
    {
        File.Delete(Path.Combine(folder, "vocab.txt"));
        SentencePieceFile.Write(Path.Combine(folder, "spm.model"), ["[PAD]", "[CLS]", "[SEP]", "[UNK]"], "[UNK]", "[CLS]", "[SEP]", ("▁fire", -2), ("▁", -4), ("s", -3));
        var tokenizer = EncoderTokenizer.Read(folder);
        Assert.Equal([1, 4, 6, 2, 4, 2], tokenizer.Encode("fires", "fire", 16).Ids);
        Assert.Equal((0, 7), (tokenizer.Pad, tokenizer.Mask));
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_said() =>
        Assert.Contains("vocab.txt", Assert.Throws<InputException>(() => EncoderTokenizer.Read(Path.Combine(folder, "none"))).Message);

    [Theory]
    [InlineData("vocab.json", "{ \"a\": ")]
    [InlineData("vocab.json", "{ \"a\": 1 }")]
    [InlineData("vocab.txt", "just\nsome\nwords")]
    [InlineData("spm.model", "\u0001\u0002 no model")]
    public void A_file_that_is_no_tokenizer_is_said(string name, string text)
    {
        File.Delete(Path.Combine(folder, "vocab.txt"));
        File.WriteAllText(Path.Combine(folder, name), text);
        if (name == "vocab.json") File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2");
        Assert.Contains(name, Assert.Throws<InputException>(() => EncoderTokenizer.Read(folder)).Message);
    }
}
