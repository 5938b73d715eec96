namespace Kaggle.Core.Learning.Explaining;

/// <summary>A cell of a row that the report shows.</summary>
/// <param name="Text">Null is missing.</param>
/// <param name="Picture">A small version of the picture that the text names, as a data URI; null: it names none.</param>
public sealed record RowCell(string Column, string? Text, string? Picture = null);
