namespace Kaggle.Baselines.Boosting;

/// <summary>Some rows turned on their side: a column's numbers lie together, and so do the words in which each row has its level's bit.</summary>
/// <remarks>For trees that look at several rows with each instruction.</remarks>
sealed class RowBlock(RowBlock.Layout layout)
{
    /// <summary>The most rows.</summary>
    public const int Rows = 128;

    readonly float[] numbers = new float[layout.Numbers.Count * Rows];                  // (number columns, rows)
    readonly uint[] words = new uint[layout.Words.Count * Rows];                        // (words, rows)

    /// <summary>What the splits ask for, each with its place.</summary>
    public sealed class Layout
    {
        readonly Dictionary<int, int> numbers = [];
        readonly Dictionary<(int Column, int Word), int> words = [];

        /// <summary>Columns with thresholds.</summary>
        public IReadOnlyDictionary<int, int> Numbers => numbers;

        /// <summary>Of category columns those words of 32 levels in which a split has a level.</summary>
        public IReadOnlyDictionary<(int Column, int Word), int> Words => words;

        /// <returns>The column's place.</returns>
        public int Number(int column) => Place(numbers, column);

        /// <returns>The word's place.</returns>
        public int Word(int column, int word) => Place(words, (column, word));

        static int Place<T>(Dictionary<T, int> places, T key) where T : notnull
        {
            if (!places.TryGetValue(key, out var place)) places[key] = place = places.Count;
            return place;
        }
    }

    /// <param name="rows">(rows, columns) row after row; what a shorter block leaves of the last one's rows nobody may ask for.</param>
    /// <param name="columns">Columns of a row.</param>
    public void Fill(ReadOnlySpan<float> rows, int columns)
    {
        foreach (var (column, place) in layout.Numbers)
            for (int at = column, to = place * Rows; at < rows.Length; at += columns, to++) numbers[to] = rows[at];
        foreach (var ((column, word), place) in layout.Words)
            for (int at = column, to = place * Rows; at < rows.Length; at += columns, to++)
            {
                var bit = rows[at] - 32 * word;                                         // of a missing level NaN
                words[to] = bit is >= 0 and < 32 ? 1u << (int)bit : 0;
            }
    }

    /// <param name="place">The column's.</param>
    /// <param name="row">The first row.</param>
    public ref readonly float Number(int place, int row) => ref numbers[place * Rows + row];

    /// <param name="place">The word's.</param>
    /// <param name="row">The first row.</param>
    public ref readonly uint Word(int place, int row) => ref words[place * Rows + row];
}
