namespace Kaggle.Core.Learning.Explaining;

/// <summary>Whether the members err on the same rows: a blend gains from those that do not.</summary>
/// <param name="Members">The learners' names.</param>
/// <param name="Values">(members, members) Pearson's correlation of their out-of-fold errors.</param>
/// <param name="Rows">How many rows all of them predicted.</param>
public sealed record ErrorCorrelation(IReadOnlyList<string> Members, IReadOnlyList<IReadOnlyList<double>> Values, int Rows);
