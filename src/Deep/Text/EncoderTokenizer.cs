using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;
using Microsoft.ML.Tokenizers;

namespace Kaggle.Deep.Text;

/// <summary>One text, or two, as an encoder reads them.</summary>
/// <param name="Ids">Special tokens included.</param>
/// <param name="Types">0 in the first text, 1 in the second.</param>
/// <param name="Places">For each token where it stands in its cleaned text (start, length); length 0 for special tokens.</param>
public sealed record EncodedText(int[] Ids, int[] Types, (int Start, int Length)[] Places);

/// <summary>Takes texts apart as a published encoder was taught, from the files that lie beside its weights.</summary>
/// <remarks>WordPiece (vocab.txt) and SentencePiece (a .model file; XLM-R's numbers are shifted by one from its file's); byte-level BPE (vocab.json, merges.txt). The pieces themselves are Microsoft.ML.Tokenizers' work.</remarks>
public sealed class EncoderTokenizer
{
    const int LongestToken = 256;                                 // letters: WordPiece calls longer words unknown, pieces are shorter
    const string ShiftedModel = "sentencepiece.bpe.model";        // XLM-R's

    readonly Tokenizer tokenizer;
    readonly TextCleaning? cleaning;                              // WordPiece: what the library leaves to ICU
    readonly int begin, end, between;                             // how many `end` part two texts
    readonly Func<int, int> numbered;                             // from the file's number of a piece to the model's

    EncoderTokenizer(Tokenizer tokenizer, TextCleaning? cleaning, int begin, int end, int between, int pad, int? mask, Func<int, int>? numbered = null)
    {
        (this.tokenizer, this.cleaning, this.begin, this.end, this.between) = (tokenizer, cleaning, begin, end, between);
        (Pad, Mask, this.numbered) = (pad, mask, numbered ?? (id => id));
    }

    /// <summary>What short rows are filled up with.</summary>
    public int Pad { get; }

    /// <summary>What stands for a hidden token; null: the vocabulary has none.</summary>
    public int? Mask { get; }

    /// <param name="folder">Holds vocab.txt, or vocab.json and merges.txt, or a SentencePiece .model file.</param>
    /// <exception cref="InputException">It holds none of them, or a broken one.</exception>
    public static EncoderTokenizer Read(string folder) => ReaderIn(folder) is { } read
        ? read() : throw new InputException($"{folder} holds no tokenizer: vocab.txt, or vocab.json with merges.txt, or a SentencePiece .model file is needed.");

    /// <returns>Whether a folder holds a tokenizer's files.</returns>
    public static bool LiesIn(string folder) => ReaderIn(folder) is not null;

    static Func<EncoderTokenizer>? ReaderIn(string folder)
    {
        string At(string name) => Path.Combine(folder, name);
        if (File.Exists(At("vocab.txt"))) return () => WordPiece(At("vocab.txt"), IsLowercase(At("tokenizer_config.json")));
        if (File.Exists(At("vocab.json")) && File.Exists(At("merges.txt"))) return () => Bytes(At("vocab.json"), At("merges.txt"));
        if (File.Exists(At(ShiftedModel))) return () => Shifted(At(ShiftedModel));
        return Directory.Exists(folder) && Directory.GetFiles(folder, "*.model").Order(StringComparer.Ordinal).FirstOrDefault() is { } model ? () => SentencePiece(model) : null;
    }

    /// <param name="vocabulary">One token a line.</param>
    /// <param name="lowercase">Whether it knows small letters without marks only.</param>
    /// <exception cref="InputException">The special tokens are not in it.</exception>
    public static EncoderTokenizer WordPiece(string vocabulary, bool lowercase = true)
    {
        var tokens = File.ReadLines(vocabulary).Select((token, id) => (token, id)).GroupBy(t => t.token).ToDictionary(g => g.Key, g => g.First().id);
        int Id(string token) => tokens.TryGetValue(token, out var id) ? id
            : throw new InputException($"{vocabulary} is no vocabulary of WordPiece: it lacks '{token}'. One token a line is expected.");
        var (begin, end, pad) = (Id("[CLS]"), Id("[SEP]"), Id("[PAD]"));
        _ = Id("[UNK]");
        var read = Guarded(vocabulary, () => BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = false, RemoveNonSpacingMarks = false }));
        return new(read, new() { Lowercase = lowercase, DropMarks = lowercase }, begin, end, between: 1, pad,
            Id("[MASK]"));
    }

    static EncoderTokenizer Bytes(string vocabulary, string merges)
    {
        var ids = Guarded(vocabulary, () => JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(vocabulary))!);
        int Id(string token) => ids.TryGetValue(token, out var id) ? id : throw new InputException($"{vocabulary} lacks the token '{token}'.");
        var options = Guarded(vocabulary, () => new BpeOptions(vocabulary, merges) { ByteLevel = true, PreTokenizer = new RegexPreTokenizer(new(
            @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), null) });
        return new(Guarded(vocabulary, () => BpeTokenizer.Create(options)), null, Id("<s>"), Id("</s>"), between: 2, Id("<pad>"),
            ids.TryGetValue("<mask>", out var mask) ? mask : null);
    }

    static EncoderTokenizer SentencePiece(string model)
    {
        var read = ReadModel(model, out var count);
        // The pieces' file ends before the mask, which was added to the vocabulary behind it.
        return new(read, null, read.BeginningOfSentenceId, read.EndOfSentenceId, between: 1, pad: 0, mask: count);
    }

    /// <summary>XLM-R's: &lt;s&gt; 0, &lt;pad&gt; 1, &lt;/s&gt; 2, &lt;unk&gt; 3, then the file's pieces from its fourth on, and the mask last.</summary>
    static EncoderTokenizer Shifted(string model)
    {
        var read = ReadModel(model, out var count);
        return new(read, null, begin: 0, end: 2, between: 2, pad: 1, mask: count + 1, id => id == read.UnknownId ? 3 : id + 1);
    }

    static SentencePieceTokenizer ReadModel(string model, out int count)
    {
        var read = Guarded(model, () =>
        {
            using var stream = File.OpenRead(model);
            return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        });
        count = read.Vocabulary.Values.Max() + 1;
        return read;
    }

    /// <param name="text">The first.</param>
    /// <param name="second">Null: there is only one.</param>
    /// <param name="most">Tokens at most, special ones included: of two texts the longer one is cut first.</param>
    public EncodedText Encode(string? text, string? second, int most)
    {
        List<EncodedToken> first = Pieces(text, most), other = second is null ? [] : Pieces(second, most);
        var room = Math.Max(0, most - 2 - (second is null ? 0 : between));
        while (first.Count + other.Count > room)
            if (first.Count >= other.Count) first.RemoveAt(first.Count - 1);
            else other.RemoveAt(other.Count - 1);
        var read = new List<(int Id, int Type, (int, int) Place)> { (begin, 0, default) };
        read.AddRange(first.Select(piece => Read(piece, 0)));
        read.Add((end, 0, default));
        if (second is not null)
        {
            if (between == 2) read.Add((end, 0, default));
            read.AddRange(other.Select(piece => Read(piece, 1)));
            read.Add((end, 1, default));
        }
        return new([.. read.Select(r => r.Id)], [.. read.Select(r => r.Type)], [.. read.Select(r => r.Place)]);
    }

    (int, int, (int, int)) Read(EncodedToken piece, int type) =>
        (numbered(piece.Id), type, (piece.Offset.Start.Value, piece.Offset.End.Value - piece.Offset.Start.Value));

    List<EncodedToken> Pieces(string? text, int most)
    {
        if (string.IsNullOrEmpty(text)) return [];
        if (text.Length > most * LongestToken) text = text[..(most * LongestToken)];     // a book is not read to its end for its first page
        return [.. tokenizer.EncodeToTokens(cleaning is null ? text : cleaning.Clean(text), out _)];
    }

    static bool IsLowercase(string config) =>
        !File.Exists(config) || !JsonDocument.Parse(File.ReadAllText(config)).RootElement.TryGetProperty("do_lower_case", out var lower) || lower.GetBoolean();

    static T Guarded<T>(string file, Func<T> read)
    {
        try { return read(); }
        catch (Exception cause) when (cause is not (InputException or OutOfMemoryException))
        {
            throw new InputException($"{file} is no tokenizer's file: {cause.Message}", cause);
        }
    }
}
