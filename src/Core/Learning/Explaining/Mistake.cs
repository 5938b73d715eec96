namespace Kaggle.Core.Learning.Explaining;

/// <summary>A training row that the best predictions got badly wrong.</summary>
/// <param name="Id">The row's id as it stands in the table.</param>
/// <param name="Fold">The fold that judged it.</param>
/// <param name="Truth">The answer, as it stands in the table.</param>
/// <param name="Predicted">What was predicted, in words: a class with its chance, or a number.</param>
/// <param name="Error">0 to 1 for classes (one minus the chance given to the truth); prediction minus truth on the learned scale for numbers.</param>
/// <param name="Cells">The row's cells in the table's order, as texts; null is missing.</param>
public sealed record Mistake(string Id, int Fold, string Truth, string Predicted, double Error, IReadOnlyList<Cell> Cells);

public sealed record Cell(string Column, string? Text);
