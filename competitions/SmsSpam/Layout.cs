using System.Collections.Immutable;
using System.Globalization;

namespace Kaggle.Competitions.SmsSpam;

/// <summary>One file of labelled messages, in which nothing is held back: of its different texts, in their order, every fifth with all its rows is the test.</summary>
/// <remarks>A text that stands in the file twice is on one side only, or the score would be partly learned by heart.</remarks>
public sealed class EveryFifthText : IFileLayout
{
    const int Every = 5;

    public string Holds => "sms.csv with the columns label and text (or spam.csv with v1 and v2)";

    public LaidOutTables? Read(string place)
    {
        if (File.Exists(place) || new[] { "sms.csv", "spam.csv" }.FirstOrDefault(name => File.Exists(Path.Combine(place, name))) is not { } name) return null;
        var (label, text) = name == "sms.csv" ? ("label", "text") : ("v1", "v2");
        var reading = ReadOptions.Default.With(label, ColumnKind.Category).With(text, ColumnKind.Text);
        var table = Table.Read(Path.Combine(place, name), name == "sms.csv" ? reading : reading with { Encoding = System.Text.Encoding.Latin1 });   // Kaggle's copy
        string?[] labels = [.. Rows(table).Select(table[label].TextAt)], texts = [.. Rows(table).Select(table[text].TextAt)];
        var numbers = new Dictionary<string, int>();
        int[] same = [.. texts.Select(t => numbers.TryAdd(Alike(t), numbers.Count) ? numbers.Count - 1 : numbers[Alike(t)])];
        var all = new Table(
        [
            new TextValues("id", [.. Rows(table).Select(row => (row + 1).ToString(CultureInfo.InvariantCulture))]),
            new TextValues("text", texts),
            new TextValues("same", [.. same.Select(number => number.ToString(CultureInfo.InvariantCulture))]),
            new TextValues("label", labels),
        ], name);
        int[] asked = [.. Rows(table).Where(row => same[row] % Every == Every - 1)], known = [.. Rows(table).Where(row => same[row] % Every != Every - 1)];
        return new(Named(all.Take(known), name), Named(all.Take(asked).Without("label"), $"{name}, every fifth text"))
        {
            Kinds = new Dictionary<string, ColumnKind> { ["text"] = ColumnKind.Text, ["same"] = ColumnKind.Text }.ToImmutableDictionary(),
            Solution = Named(all.Take(asked).Without("text", "same"), $"{name}, the labels of every fifth text"),
        };
    }

    /// <summary>Texts that differ in case and outer spaces only are one.</summary>
    static string Alike(string? text) => text?.Trim().ToLowerInvariant() ?? "";

    static IEnumerable<int> Rows(Table table) => Enumerable.Range(0, table.Rows);

    static Table Named(Table table, string name) => new(table.Columns, name, table.Rows);
}
