namespace Kaggle.Core.Data;

/// <summary>Free text, or many different short ones (tickets, ids); null is missing.</summary>
/// <remarks>The strings of a file are made when they are first asked for: much text is read and never looked at.</remarks>
public sealed class TextValues : TableColumn
{
    readonly Lazy<string?[]> texts;

    public TextValues(string name, string?[] texts) : this(name, texts.Length, new Lazy<string?[]>(texts)) { }

    internal TextValues(string name, int rows, Lazy<string?[]> texts) : base(name, ValueKind.Text, rows) => this.texts = texts;

    public ReadOnlyMemory<string?> Texts => texts.Value;

    public override bool IsMissing(int row) => texts.Value[row] is null;

    public override string? TextAt(int row) => texts.Value[row];

    public override TableColumn Take(ReadOnlySpan<int> rows) => new TextValues(Name, Gather<string?>(texts.Value, rows));

    public override TableColumn Named(string name) => new TextValues(name, Rows, texts);

    public override Column ToColumn() => new TextColumn(Name, texts.Value);
}
