namespace Kaggle.Core.Reporting.Charts;

/// <summary>A plot with its words.</summary>
/// <param name="Note">What to see in it; null when the title says all.</param>
/// <param name="Legend">Styles and what they stand for; empty when there is one kind of mark.</param>
sealed record ChartFigure(string Title, string? Note, Plot Plot, IReadOnlyList<Legend> Legend);

sealed record Legend(string Style, string Name);
