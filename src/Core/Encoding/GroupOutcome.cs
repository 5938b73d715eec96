using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>What became of the others of a row's group: their mean answer, and <see cref="Weight"/> rows of the overall mean beside them.</summary>
/// <remarks>
/// For many small groups whose members share a fate, and of which test rows are members too. A training row is encoded by all others of its
/// group (leave one out), a row never seen by all training rows of its group. A row without a group, or alone in it, gets the overall mean:
/// that of all training rows which have a group, the row's own included, because a mean without the own answer would give that answer away.
/// The group's column is replaced, and no column should be left that names the group: within a group the leave-one-out mean is higher for
/// those whose answer is lower, and a learner that could tell the group would read the answer from it.
/// </remarks>
/// <param name="Column">The group, a category or text; missing is no group.</param>
public sealed record GroupOutcome(string Column) : IEncoder
{
    /// <summary>How many rows of the overall mean are mixed in.</summary>
    public double Weight { get; init => field = Require.AtLeast(0, value); } = 1;

    public Encoded Fit(Dataset train, int seed)
    {
        var answers = train.Answers.ByOutput();
        var outputs = train.Answers.OutputNames();
        var (group, names) = Coded(NamesOf(train[Column]));
        var members = new int[names.Count];
        var sums = Enumerable.Range(0, names.Count).Select(_ => new double[outputs.Length]).ToArray();
        for (var row = 0; row < group.Length; row++)
        {
            if (group[row] < 0) continue;
            members[group[row]]++;
            for (var k = 0; k < outputs.Length; k++) sums[group[row]][k] += answers[row, k];
        }
        var fitted = new FittedGroupOutcome(Column, Weight, [.. outputs], Overall(answers, group), names, members, sums);

        var others = outputs.Select((_, k) => new NumberColumn(fitted.NameOf(k), group.Select((g, row) =>
            g < 0 ? (float)fitted.Overall[k] : fitted.Mean(sums[g][k] - answers[row, k], members[g] - 1, k)).ToArray())).ToArray();
        return new(fitted, train.Replacing([Column], _ => others));
    }

    /// <returns>(outputs) the mean answer of the rows that have a group; of all rows when none has.</returns>
    static double[] Overall(Matrix answers, int[] group)
    {
        var counted = Enumerable.Range(0, group.Length).Where(row => group[row] >= 0).DefaultIfEmpty(-1).ToArray();
        if (counted[0] < 0) counted = [.. Enumerable.Range(0, group.Length)];
        return [.. Enumerable.Range(0, answers.Columns).Select(k => counted.Average(row => (double)answers[row, k]))];
    }

    static (int[] Group, List<string> Names) Coded(string?[] names)
    {
        var codes = new Dictionary<string, int>();
        int[] group = [.. names.Select(name => name is null ? -1 : codes.TryAdd(name, codes.Count) ? codes.Count - 1 : codes[name])];
        return (group, [.. codes.Keys]);
    }

    /// <returns>(rows) the group's name, null for none.</returns>
    internal static string?[] NamesOf(Column column) => column switch
    {
        TextColumn texts => texts.Texts.ToArray(),
        _ => Array.ConvertAll(column.As<CategoryColumn>().Codes.ToArray(), code => code < 0 ? null : ((CategoryColumn)column).Levels[code]),
    };
}

/// <summary>See <see cref="GroupOutcome"/>.</summary>
/// <param name="Column">The group's column.</param>
/// <param name="Weight">Rows of the overall mean mixed in.</param>
/// <param name="Outputs">The targets' or classes' names.</param>
/// <param name="Overall">One mean for each output.</param>
/// <param name="Groups">Those met in training.</param>
/// <param name="Members">How many training rows each had.</param>
/// <param name="Sums">The sum of their answers, one for each output.</param>
public sealed record FittedGroupOutcome(
    string Column, double Weight, IReadOnlyList<string> Outputs, IReadOnlyList<double> Overall,
    IReadOnlyList<string> Groups, IReadOnlyList<int> Members, IReadOnlyList<double[]> Sums) : IFittedEncoder
{
    public Dataset Transform(Dataset rows)
    {
        var codes = Groups.Select((name, code) => (name, code)).ToDictionary(g => g.name, g => g.code);
        var found = Array.ConvertAll(GroupOutcome.NamesOf(rows[Column]), name => name is null ? -1 : codes.GetValueOrDefault(name, -1));
        return rows.Replacing([Column], _ => Outputs.Select((_, k) => new NumberColumn(NameOf(k), Array.ConvertAll(found, group =>
            group < 0 ? (float)Overall[k] : Mean(Sums[group][k], Members[group], k)))));
    }

    internal string NameOf(int output) => Column + (Outputs.Count == 1 ? "_outcome" : "_outcome_" + Outputs[output]);

    internal float Mean(double sum, int members, int output) =>
        members + Weight > 0 ? (float)((sum + Weight * Overall[output]) / (members + Weight)) : (float)Overall[output];
}
