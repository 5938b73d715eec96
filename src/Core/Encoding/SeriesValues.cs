using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Answers laid out by series and step of time; several of one step count by their mean, NaN is a gap.</summary>
/// <param name="Columns">The columns that name a series together; none: all rows are one series.</param>
/// <param name="First">The ticks of step 0, the earliest moment of all series.</param>
/// <param name="Step">The ticks of a step.</param>
/// <param name="Length">Steps of every series, to the latest moment of all.</param>
/// <param name="Keys">The series met, by the levels of the columns.</param>
/// <param name="Values">(series × length) on the learned scale.</param>
public sealed record SeriesValues(NameList Columns, long First, long Step, int Length, IReadOnlyList<string> Keys, float[] Values)
{
    const long Most = 200_000_000;

    /// <param name="train">Rows with answers and time.</param>
    /// <param name="columns">Categories or whole numbers.</param>
    /// <param name="step">From one value of a series to the next.</param>
    /// <exception cref="InputException">The rows have no time or several answers, or time reaches too far for its steps.</exception>
    public static SeriesValues Of(Dataset train, NameList columns, TimeSpan step)
    {
        var answers = train.Answers.Learned;
        if (answers.Columns != 1) throw new InputException($"A series has one value at a time, but the target has {answers.Columns} columns.");
        var time = TimeOf(train);
        var keys = KeysOf(train, columns);
        var place = new Dictionary<string, int>();
        foreach (var key in keys) place.TryAdd(key, place.Count);
        long first = time.Length == 0 ? 0 : time.Min(), last = time.Length == 0 ? 0 : time.Max();
        var length = Nearest(last - first, step.Ticks) + 1;
        if (length * Math.Max(1, place.Count) > Most)
            throw new InputException($"{place.Count} series of {length} steps of {step} are more than can be laid out; is a step really {step}?");
        var (sums, counts) = (new double[place.Count * length], new int[place.Count * length]);
        for (var row = 0; row < time.Length; row++)
        {
            var at = place[keys[row]] * length + Nearest(time[row] - first, step.Ticks);
            sums[at] += answers[row, 0];
            counts[at]++;
        }
        return new(columns, first, step.Ticks, (int)length, [.. place.Keys], [.. sums.Select((sum, i) => counts[i] == 0 ? float.NaN : (float)(sum / counts[i]))]);
    }

    /// <returns>(rows) the place of each row's series, −1 of one that training did not meet.</returns>
    public int[] Find(Dataset rows)
    {
        var place = new Dictionary<string, int>(Keys.Count);
        for (var i = 0; i < Keys.Count; i++) place[Keys[i]] = i;
        return Array.ConvertAll(KeysOf(rows, Columns), key => place.GetValueOrDefault(key, -1));
    }

    /// <returns>(rows) each row's step; those after the training rows are at <see cref="Length"/> and beyond, earlier ones below 0.</returns>
    public int[] StepsOf(Dataset rows) => Array.ConvertAll(TimeOf(rows), ticks => (int)Math.Clamp(Nearest(ticks - First, Step), int.MinValue / 4, int.MaxValue / 4));

    /// <returns>(length) the values of one series.</returns>
    public ReadOnlySpan<float> Of(int series) => Values.AsSpan(series * Length, Length);

    static long Nearest(long ticks, long step) => (long)Math.Floor((ticks + step / 2.0) / step);

    static long[] TimeOf(Dataset rows)
    {
        var time = (rows.Time ?? throw new InputException("A series goes by time, but the rows have no time: name the column that holds it (Columns = new() { Time = \"…\" }).")).ToArray();
        if (Array.IndexOf(time, DateColumn.Missing) is >= 0 and var missing) throw new InputException($"Row {missing + 1} has no time; a series needs one in every row.");
        return time;
    }

    internal static string[] KeysOf(Dataset rows, NameList columns)
    {
        var parts = columns.Select(name => Texts(rows[name])).ToArray();
        var keys = new string[rows.Rows];
        for (var row = 0; row < keys.Length; row++) keys[row] = parts.Length == 1 ? parts[0](row) : string.Join('\u001f', parts.Select(part => part(row)));
        return keys;
    }

    static Func<int, string> Texts(Column column) => column switch
    {
        CategoryColumn category => row => category.Codes.Span[row] is var code and >= 0 ? category.Levels[code] : "",
        NumberColumn numbers => row => numbers.Values.Span[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
        TextColumn texts => row => texts.Texts.Span[row] ?? "",
        _ => throw new InputException($"Column '{column.Name}' cannot name a series; categories, texts and whole numbers can."),
    };
}
