using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Data.Analysis;

namespace Kaggle.Core.Data;

/// <summary>What can be made of a table's columns without knowing what they mean. Answers are never looked at.</summary>
/// <param name="Drop">Columns that teach nothing: constant, the same as another, or an id.</param>
/// <param name="Texts">Texts: kept for learners that read them; lengths, digits and capitals become features.</param>
/// <param name="Dates">Taken apart into year, month, weekday and so on.</param>
/// <param name="Wide">Categories of many levels: how common a level is becomes a feature.</param>
/// <param name="Notes">What was done, one sentence each.</param>
public sealed partial record TableFeatures(
    ImmutableArray<string> Drop, ImmutableArray<string> Texts, ImmutableArray<string> Dates, ImmutableArray<string> Wide, ImmutableArray<string> Notes)
{
    /// <summary>A category of more levels than this is wide.</summary>
    const int ManyLevels = 10;

    /// <summary>The id, where it is a date: it is dropped after its parts were taken, so the time that passed becomes a feature too.</summary>
    public string? Moment { get; init; }

    /// <summary>Parts of dates, as "date_day", all of whose test values lie beyond those of training: of the twentieth and later, the days up to the nineteenth say nothing.</summary>
    public ImmutableArray<string> Beyond { get; init; } = [];

    /// <param name="train">As read.</param>
    /// <param name="test">As read.</param>
    /// <param name="apart">Names that are no features: target, id, group, what is dropped anyway.</param>
    /// <param name="id">The id's name: where it is a date, the date is learned from though the id is not.</param>
    public static TableFeatures Of(Table train, Table test, IReadOnlyCollection<string> apart, string? id = null)
    {
        TableColumn[] columns = [.. train.Columns.Where(c => test.Has(c.Name) && !apart.Contains(c.Name))];
        string[] constant = [.. columns.Where(IsConstant).Select(c => c.Name)];
        var same = Same([.. columns.Where(c => !constant.Contains(c.Name))], test);
        string[] ids = [.. columns.Where(c => IsId(c, test[c.Name])).Select(c => c.Name).Except([.. constant, .. same.Select(s => s.Name)])];
        ImmutableArray<string> drop = [.. constant, .. same.Select(s => s.Name), .. ids];
        TableColumn[] kept = [.. columns.Where(c => !drop.Contains(c.Name))];
        ImmutableArray<string> texts = [.. kept.OfType<TextValues>().Select(c => c.Name)];
        var notes = new List<string>();
        if (constant.Length > 0) notes.Add($"Left out, because the same in every training row: {string.Join(", ", constant)}.");
        if (same.Length > 0) notes.Add($"Left out, because they repeat another column: {string.Join(", ", same.Select(s => $"{s.Name} (as {s.As})"))}.");
        if (ids.Length > 0) notes.Add($"Left out, because every row has its own number, as ids have: {string.Join(", ", ids)}.");
        if (texts.Length > 0) notes.Add($"Text, read by learners of texts: {string.Join(", ", texts)}; its lengths, digits and capitals are features of all.");
        var moment = id is not null && train.Find(id) is DateValues && test.Find(id) is DateValues ? id : null;
        ImmutableArray<string> dates = [.. kept.OfType<DateValues>().Select(c => c.Name), .. new[] { moment }.OfType<string>()];
        if (dates.Length > 0) notes.Add($"Dates are taken apart: {string.Join(", ", dates)}.");
        ImmutableArray<string> beyond = [.. from name in dates from part in Parts where part.Turns && IsBeyond((DateValues)train[name], (DateValues)test[name], part.Of) select $"{name}_{part.Name}"];
        if (beyond.Length > 0) notes.Add($"Left out, because test rows have none of the values that training rows have: {string.Join(", ", beyond)}.");
        return new(drop, texts, dates, [.. kept.OfType<CategoryValues>().Where(c => Levels(c) > ManyLevels).Select(c => c.Name)], [.. notes]) { Moment = moment, Beyond = beyond };
    }

    /// <summary>To be given to <see cref="CompetitionData.Read"/>: train and test rows in, the same rows with the features out.</summary>
    public DataFrame Describe(DataFrame frame)
    {
        foreach (var name in Dates) AddDateParts(frame, name);
        if (Moment is { } moment)
        {
            var days = frame.Numbers(moment);
            var first = days.Where(d => !double.IsNaN(d)).DefaultIfEmpty(0).Min();
            Add(frame, $"{moment}_days", Array.ConvertAll(days, d => d - first));
        }
        for (var i = 0; i < Dates.Length; i++)
            for (var j = i + 1; j < Dates.Length; j++)
                Add(frame, $"{Dates[j]}_days_after_{Dates[i]}", [.. frame.Numbers(Dates[j]).Zip(frame.Numbers(Dates[i]), (a, b) => a - b)]);
        foreach (var name in Texts) AddGlance(frame, name);
        foreach (var name in Wide)
        {
            var texts = frame.Texts(name);
            var counts = texts.OfType<string>().CountBy(t => t).ToDictionary();
            Add(frame, $"{name}_count", Array.ConvertAll(texts, t => t is null ? double.NaN : counts[t]));
        }
        return frame;
    }

    // Those that turn soon and are no measure of the time that passed.
    static readonly (string Name, Func<DateTime, int> Of, bool Turns)[] Parts =
    [
        ("year", d => d.Year, false),
        ("month", d => d.Month, false),
        ("week", d => System.Globalization.ISOWeek.GetWeekOfYear(d), false),
        ("day", d => d.Day, true),
        ("weekday", Weekday, true),
        ("yearday", d => d.DayOfYear, false),
        ("hour", d => d.Hour, true),
        ("weekhour", d => Weekday(d) * 24 + d.Hour, false),
        ("minute", d => d.Minute, true),
    ];

    /// <summary>What a glance at a text tells without reading it.</summary>
    static void AddGlance(DataFrame frame, string name)
    {
        var texts = frame.Texts(name);
        Measure("length", text => text.Length);
        Measure("words", text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        Measure("digits", text => text.Count(char.IsDigit));
        Measure("signs", text => text.Count(letter => char.IsPunctuation(letter) || char.IsSymbol(letter)));
        Measure("capitals", text => text.Length == 0 ? 0 : text.Count(char.IsUpper) / (double)text.Length);

        void Measure(string what, Func<string, double> of) => Add(frame, $"{name}_{what}", Array.ConvertAll(texts, text => text is null ? double.NaN : of(text)));
    }

    void AddDateParts(DataFrame frame, string name)
    {
        var dates = Array.ConvertAll(frame.Numbers(name), d => double.IsNaN(d) ? (DateTime?)null : new DateTime((long)Math.Round(d * TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond));
        foreach (var (part, of, _) in Parts)
        {
            if (part == "weekhour" && !frame.Columns.Any(c => c.Name == $"{name}_hour") || Beyond.Contains($"{name}_{part}")) continue;
            Add(frame, $"{name}_{part}", Array.ConvertAll(dates, d => d is { } date ? of(date) : double.NaN));
        }
    }

    static int Weekday(DateTime date) => ((int)date.DayOfWeek + 6) % 7;

    static bool IsBeyond(DateValues train, DateValues test, Func<DateTime, int> part)
    {
        (int Least, int Most) Range(DateValues column)
        {
            int[] values = [.. column.Ticks.ToArray().Where(t => t != DateColumn.Missing).Select(t => part(new DateTime(t)))];
            return values.Length == 0 ? (int.MaxValue, int.MinValue) : (values.Min(), values.Max());
        }
        var (known, asked) = (Range(train), Range(test));
        return known.Least < known.Most && asked.Least <= asked.Most && (asked.Least > known.Most || asked.Most < known.Least);
    }

    /// <summary>A feature that does not vary is not added, nor one whose name is taken.</summary>
    static void Add(DataFrame frame, string name, double[] values)
    {
        var first = values.FirstOrDefault(v => !double.IsNaN(v), double.NaN);
        if (frame.Columns.Any(c => c.Name == name) || values.All(v => v == first || double.IsNaN(v))) return;
        frame.With(name, values);
    }

    static bool IsConstant(TableColumn column)
    {
        if (column is TextValues) return false;
        var missing = column.Rows > 0 && column.IsMissing(0);
        var first = column.Rows == 0 ? null : column.TextAt(0);
        for (var row = 1; row < column.Rows; row++)
            if (column.IsMissing(row) != missing || column.TextAt(row) != first) return false;
        return true;
    }

    static (string Name, string As)[] Same(TableColumn[] columns, Table test)
    {
        var same = new List<(string, string)>();
        for (var i = 0; i < columns.Length; i++)
            for (var j = 0; j < i; j++)
                if (AreEqual(columns[i], columns[j]) && AreEqual(test[columns[i].Name], test[columns[j].Name]))
                {
                    same.Add((columns[i].Name, columns[j].Name));
                    break;
                }
        return [.. same];
    }

    static bool AreEqual(TableColumn a, TableColumn b) => (a, b) switch
    {
        (NumberValues x, NumberValues y) => x.Numbers.Span.SequenceEqual(y.Numbers.Span),
        (CategoryValues x, CategoryValues y) => x.Levels.SequenceEqual(y.Levels) && x.Codes.Span.SequenceEqual(y.Codes.Span),
        (DateValues x, DateValues y) => x.Ticks.Span.SequenceEqual(y.Ticks.Span),
        _ => false,
    };

    /// <summary>Whole numbers, each row its own, that fill their range or are called an id.</summary>
    static bool IsId(TableColumn train, TableColumn test)
    {
        if (train is not NumberValues { Values: ValueKind.Integer } numbers || test is not NumberValues others || train.Rows < 100) return false;
        var all = new HashSet<double>();
        foreach (var number in numbers.Numbers.Span)
            if (double.IsNaN(number) || !all.Add(number)) return false;
        foreach (var number in others.Numbers.Span)
            if (double.IsNaN(number) || !all.Add(number)) return false;
        return all.Max() - all.Min() < 2.0 * all.Count || CalledId().IsMatch(train.Name);
    }

    static int Levels(CategoryValues column) => column.Codes.ToArray().Where(c => c >= 0).Distinct().Count();

    [GeneratedRegex(@"(^|[_\s])(id|nr|no|key|index|uuid|guid)$|[a-z]I[dD]$", RegexOptions.IgnoreCase)]
    private static partial Regex CalledId();
}
