namespace Kaggle.Core.Learning.Explaining;

/// <summary>A training row that the best predictions got badly wrong.</summary>
/// <param name="Id">The row's id as it stands in the table.</param>
/// <param name="Fold">The fold that judged it, counted from 0.</param>
/// <param name="Truth">The answer, as it stands in the table.</param>
/// <param name="Predicted">What was predicted, in words: a class with its chance, or a number.</param>
/// <param name="Error">Classes: one minus the chance given to the truth. Numbers: prediction minus truth on the scale of learning.</param>
/// <param name="Cells">The row's cells in the table's order.</param>
public sealed record Mistake(string Id, int Fold, string Truth, string Predicted, double Error, IReadOnlyList<RowCell> Cells)
{
    /// <summary>Where in the row's picture a model found what speaks for its answer, as a data URI; null: none was asked.</summary>
    public string? Looks { get; init; }
}
