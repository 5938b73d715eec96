using System.Globalization;
using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Baselines.Text;

/// <summary>Vectors of words, read from a file or learned.</summary>
/// <param name="Width">Numbers in a vector.</param>
/// <param name="Numbers">Words to the row of their vector.</param>
/// <param name="Values">(words, width).</param>
public sealed record WordVectors(int Width, IReadOnlyDictionary<string, int> Numbers, ReadOnlyMemory<float> Values)
{
    public bool Knows(string word) => Numbers.ContainsKey(word);

    /// <returns>The word's vector; empty when it is not known.</returns>
    public ReadOnlySpan<float> Of(string word) => Numbers.TryGetValue(word, out var number) ? Values.Span.Slice(number * Width, Width) : [];

    /// <summary>Reads "word v1 v2 …" a line: GloVe's text form; word2vec's and fastText's, which begin with a line of two counts.</summary>
    /// <param name="file">The path.</param>
    /// <param name="wanted">Whether a word is, in NFC; asked in the file's order. Null: all are.</param>
    /// <exception cref="InputException">The file is missing, or a line is not such a one.</exception>
    public static WordVectors Read(string file, Predicate<string>? wanted = null)
    {
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file of word vectors.");
        var numbers = new Dictionary<string, int>();
        var values = new List<float>();
        var (width, line) = (0, 0);
        foreach (var text in File.ReadLines(file))
        {
            line++;
            var cells = text.AsSpan().TrimEnd(' ');
            if (cells.IsEmpty || (line == 1 && cells.Count(' ') == 1)) continue;
            // A word may hold spaces itself: the last `width` cells are the numbers.
            if (width == 0) width = cells.Count(' ');
            var start = width == 0 ? -1 : StartOfNumbers(cells, width);
            if (start < 1) throw Broken(file, line, text, width);
            var word = CanonicalForms.Compose(cells[..(start - 1)].ToString());
            if (numbers.ContainsKey(word) || wanted?.Invoke(word) == false) continue;
            numbers.Add(word, numbers.Count);
            foreach (var cell in cells[start..].Split(' '))
                values.Add(float.TryParse(cells[start..][cell], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
                    ? value : throw Broken(file, line, text, width));
        }
        if (width == 0) throw new InputException($"{file} holds no word vectors: lines of a word and its numbers, parted by spaces, are expected.");
        return new(width, numbers, values.ToArray());
    }

    /// <returns>(width) the weighted mean of the known words' vectors; zeros when none is known.</returns>
    public float[] Mean(IReadOnlyList<string> words, Func<string, float>? weight = null)
    {
        var mean = new float[Width];
        var all = 0f;
        foreach (var word in words)
        {
            var vector = Of(word);
            if (vector.IsEmpty) continue;
            var own = weight?.Invoke(word) ?? 1;
            TensorPrimitives.MultiplyAdd(vector, own, mean, mean);
            all += own;
        }
        if (all > 0) TensorPrimitives.Divide(mean, all, mean);
        return mean;
    }

    /// <returns>(width) the greatest of each number over the known words; zeros when none is known.</returns>
    public float[] Max(IReadOnlyList<string> words)
    {
        float[]? most = null;
        foreach (var word in words)
        {
            var vector = Of(word);
            if (vector.IsEmpty) continue;
            if (most is null) most = vector.ToArray();
            else TensorPrimitives.Max(most, vector, most);
        }
        return most ?? new float[Width];
    }

    static int StartOfNumbers(ReadOnlySpan<char> cells, int width)
    {
        var at = cells.Length;
        for (var i = 0; i < width; i++)
            if ((at = cells[..at].LastIndexOf(' ')) < 0) return -1;
        return at + 1;
    }

    static InputException Broken(string file, int line, string text, int width) => new(
        $"{file}, line {line}: '{text[..Math.Min(40, text.Length)]}' is not a word and {width} numbers; is this a text file of word vectors (GloVe, word2vec, fastText's .vec)?");
}
