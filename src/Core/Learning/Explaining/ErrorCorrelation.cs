using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>Whether the members err on the same rows: a blend gains from those that do not.</summary>
/// <param name="Members">The learners' names.</param>
/// <param name="Values">(members, members) Pearson's correlation of their out-of-fold errors; NaN where one has none.</param>
/// <param name="Rows">How many rows all of them predicted.</param>
public sealed record ErrorCorrelation(IReadOnlyList<string> Members, IReadOnlyList<IReadOnlyList<double>> Values, int Rows)
{
    const int MostRows = 20_000;

    /// <param name="answers">Of all training rows.</param>
    /// <param name="members">Each learner's out-of-fold predictions on the table's own scale, NaN where it has none; equally shaped.</param>
    /// <returns>Null with fewer than two members, or fewer than three rows that all predicted.</returns>
    public static ErrorCorrelation? Of(TargetValues answers, IReadOnlyList<(string Name, Predictions OutOfFold)> members, int seed)
    {
        if (members.Count < 2) return null;
        int[] all = [.. Enumerable.Range(0, answers.Rows).Where(i => members.All(m => JudgedRow.Has(m.OutOfFold, i)))];
        int[] rows = Array.ConvertAll(Sampling.Of(all.Length, MostRows, seed), i => all[i]);
        if (rows.Length < 3) return null;
        var errors = members.Select(m => JudgedRow.Errors(answers, m.OutOfFold, rows)).ToArray();
        return new([.. members.Select(m => m.Name)],
            [.. errors.Select(a => errors.Select(b => Sampling.Correlation(a, b)).ToArray())], all.Length);
    }
}
