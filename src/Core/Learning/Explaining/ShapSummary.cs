namespace Kaggle.Core.Learning.Explaining;

/// <summary>What each column added to the predictions of validation rows, on the model's raw scale (log odds, the learned number).</summary>
/// <param name="Rows">How many rows were explained.</param>
/// <param name="Outputs">What the outputs are called: one, or the classes.</param>
/// <param name="Columns">The strongest first.</param>
public sealed record ShapSummary(int Rows, IReadOnlyList<string> Outputs, IReadOnlyList<ShapColumn> Columns);

/// <param name="Column">The column's name.</param>
/// <param name="MeanAbsolute">(outputs) the mean absolute contribution.</param>
/// <param name="Contributions">(sampled rows) the first output's contributions; empty when there are several outputs.</param>
/// <param name="Values">(sampled rows) where the row's value stands among the others, 0 lowest to 1 highest; null when missing or without an order.</param>
public sealed record ShapColumn(
    string Column, IReadOnlyList<double> MeanAbsolute, IReadOnlyList<double> Contributions, IReadOnlyList<double?> Values);
