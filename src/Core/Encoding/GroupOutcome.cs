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
/// <param name="Column">A category column: the group; missing is no group.</param>
public sealed record GroupOutcome(string Column) : IEncoder
{
    /// <summary>How many rows of the overall mean are mixed in.</summary>
    public double Weight { get; init => field = Require.AtLeast(0, value); } = 1;

    public Encoded Fit(Dataset train, int seed)
    {
        var group = train[Column].As<CategoryColumn>();
        var answers = train.Answers.ByOutput();
        var outputs = train.Answers.OutputNames();
        var members = new int[group.Levels.Length];
        var sums = new double[group.Levels.Length][];
        var (all, rows) = (new double[outputs.Length], 0);
        var codes = group.Codes.ToArray();
        foreach (var everyRow in new[] { false, true })
        {
            if (rows > 0) break;                              // nobody has a group: the mean is that of everybody
            for (var row = 0; row < codes.Length; row++)
            {
                if (codes[row] < 0 && !everyRow) continue;
                rows++;
                for (var k = 0; k < outputs.Length; k++) all[k] += answers[row, k];
                if (codes[row] < 0) continue;
                members[codes[row]]++;
                sums[codes[row]] ??= new double[outputs.Length];
                for (var k = 0; k < outputs.Length; k++) sums[codes[row]][k] += answers[row, k];
            }
        }
        double[] overall = [.. all.Select(sum => sum / rows)];
        var seen = Enumerable.Range(0, members.Length).Where(code => members[code] > 0).ToArray();
        var fitted = new FittedGroupOutcome(
            Column, Weight, [.. outputs], overall, [.. seen.Select(code => group.Levels[code])], [.. seen.Select(code => members[code])], [.. seen.Select(code => sums[code])]);

        var others = outputs.Select((_, k) => new NumberColumn(fitted.NameOf(k), codes.Select((code, row) =>
            code < 0 ? (float)overall[k] : fitted.Mean(sums[code][k] - answers[row, k], members[code] - 1, k)).ToArray())).ToArray();
        return new(fitted, train.Replacing([Column], _ => others));
    }
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
        var found = Levels.Find(rows[Column].As<CategoryColumn>(), Groups);
        return rows.Replacing([Column], _ => Outputs.Select((_, k) => new NumberColumn(NameOf(k), Array.ConvertAll(found, group =>
            group < 0 ? (float)Overall[k] : Mean(Sums[group][k], Members[group], k)))));
    }

    internal string NameOf(int output) => Column + (Outputs.Count == 1 ? "_outcome" : "_outcome_" + Outputs[output]);

    internal float Mean(double sum, int members, int output) =>
        members + Weight > 0 ? (float)((sum + Weight * Overall[output]) / (members + Weight)) : (float)Overall[output];
}
