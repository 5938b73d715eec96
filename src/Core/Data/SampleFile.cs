namespace Kaggle.Core.Data;

/// <summary>One file of a simulated sample, as it stands on disk.</summary>
/// <param name="Name">The file's name: "train.csv".</param>
/// <param name="Bytes">All of it.</param>
public sealed record SampleFile(string Name, byte[] Bytes)
{
    /// <param name="name">The file's name.</param>
    /// <param name="csv">All of its text, lines ended by \n.</param>
    public SampleFile(string name, string csv) : this(name, System.Text.Encoding.UTF8.GetBytes(csv)) { }

    /// <summary>The text of a file that is one.</summary>
    public string Csv => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <param name="name">The file's name.</param>
    /// <param name="header">The columns' names.</param>
    /// <param name="rows">Fields as they are to be read back; commas and quotes are taken care of here.</param>
    public static SampleFile Of(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows) =>
        new(name, string.Concat(rows.Prepend(header).Select(row => string.Join(',', row.Select(Quoted)) + "\n")));

    static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";
}
