using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>What the calendar said of each step of each series: which were holidays, how far a feast was.</summary>
/// <param name="Columns">Columns that are known ahead.</param>
/// <param name="Kinds">The different marks met, by their texts.</param>
/// <param name="Codes">(series × length) places in <paramref name="Kinds"/>, −1 where the series has no row; of several rows of a step the first counts.</param>
public sealed record SeriesMarks(NameList Columns, IReadOnlyList<string> Kinds, int[] Codes)
{
    /// <param name="train">The rows that <paramref name="values"/> were made of.</param>
    /// <param name="values">Says which series and step a row belongs to.</param>
    /// <param name="columns">Columns that are known ahead.</param>
    /// <exception cref="InputException">A column is missing, or of a kind that is no mark.</exception>
    public static SeriesMarks Of(Dataset train, SeriesValues values, NameList columns)
    {
        var place = new Dictionary<string, int>();
        var codes = new int[values.Values.Length];
        Array.Fill(codes, -1);
        var (texts, series, steps) = (SeriesValues.KeysOf(train, columns), values.Find(train), values.StepsOf(train));
        for (var row = 0; row < texts.Length; row++)
        {
            ref var code = ref codes[series[row] * values.Length + steps[row]];
            if (code < 0) code = place.TryAdd(texts[row], place.Count) ? place.Count - 1 : place[texts[row]];
        }
        return new(columns, [.. place.Keys], codes);
    }

    /// <returns>(rows) each row's mark, −2 of one that training did not meet.</returns>
    public int[] Find(Dataset rows)
    {
        var place = new Dictionary<string, int>(Kinds.Count);
        for (var i = 0; i < Kinds.Count; i++) place[Kinds[i]] = i;
        return Array.ConvertAll(SeriesValues.KeysOf(rows, Columns), text => place.GetValueOrDefault(text, -2));
    }

    /// <returns>The step nearest to another that bore the mark, at most so many steps aside and none after the origin; −1: none did.</returns>
    public int Nearest(ReadOnlySpan<int> ofSeries, int mark, int to, int aside, int origin)
    {
        for (var distance = 0; distance <= aside; distance++)
        {
            if (Bears(ofSeries, to + distance)) return to + distance;
            if (Bears(ofSeries, to - distance)) return to - distance;
        }
        return -1;

        bool Bears(ReadOnlySpan<int> codes, int step) => step >= 0 && step <= origin && step < codes.Length && codes[step] == mark;
    }
}
