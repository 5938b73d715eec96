namespace Kaggle.Core.Learning.Explaining;

/// <summary>How much worse the score gets when a column's values are dealt out to other rows.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Drop">The mean loss over the repeats, in the metric's unit; above 0 when the column helped, whichever way the metric points.</param>
/// <param name="Sd">Its standard deviation over the repeats.</param>
public sealed record ColumnImportance(string Column, double Drop, double Sd);
