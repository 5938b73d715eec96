namespace Kaggle.Core.Learning.Explaining;

/// <summary>The mean prediction when a column is set to one value after the other, all else as it is.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="At">(points) the numbers set; empty for categories.</param>
/// <param name="Levels">(points) the levels set; empty for numbers.</param>
/// <param name="Share">(points) how common the value is: the share of rows that lie nearest to it.</param>
/// <param name="Lines">One an output.</param>
public sealed record PartialDependence(
    string Column, IReadOnlyList<double> At, IReadOnlyList<string> Levels, IReadOnlyList<double> Share, IReadOnlyList<DependenceLine> Lines);

/// <param name="Output">What the output is called: the target, or a class.</param>
/// <param name="Mean">(points) over the rows of all folds, on the table's own scale.</param>
/// <param name="Folds">(folds, points) the same fold by fold: how far the models agree.</param>
public sealed record DependenceLine(string Output, IReadOnlyList<double> Mean, IReadOnlyList<IReadOnlyList<double>> Folds);
