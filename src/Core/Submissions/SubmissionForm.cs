using System.Collections.Immutable;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Submissions;

/// <summary>What a submission must look like: the sample's columns and ids, and what may stand in them.</summary>
public sealed record SubmissionForm
{
    /// <summary>The id's column and then the value columns, as in the sample.</summary>
    public required ImmutableArray<string> Header { get; init; }

    /// <summary>The ids, in the order the file must have them.</summary>
    public required ImmutableArray<string> Ids { get; init; }

    /// <summary>The labels that may stand in the value columns; empty when numbers stand there.</summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <param name="idColumn">The id's name, from the sample or the test file.</param>
    /// <param name="valueColumns">The sample's other columns; without a sample the target's.</param>
    /// <param name="ids">In the sample's order.</param>
    /// <param name="answers">The training rows' answers, for the classes.</param>
    /// <param name="need">What the metric wants: labels or numbers.</param>
    /// <exception cref="InputException">The columns fit no way of answering this target.</exception>
    public static SubmissionForm Of(string idColumn, IReadOnlyList<string> valueColumns, IReadOnlyList<string> ids, TargetValues answers, Need need)
    {
        var wanted = answers.Task switch
        {
            TaskKind.Multiclass when need != Need.Labels => answers.Classes.Length,
            TaskKind.Multilabel or TaskKind.Regression => answers.Truth.Columns,
            TaskKind.Quantile => answers.Outputs,
            _ => 1,
        };
        if (valueColumns.Count != wanted)
            throw new InputException(
                $"The sample submission has {valueColumns.Count} columns beside the id ({string.Join(", ", valueColumns)}); " +
                $"this target and metric answer with {wanted}. Check the declared target and metric.");
        var labelled = need == Need.Labels && answers.Task is (TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal);
        return new()
        {
            Header = [idColumn, .. valueColumns],
            Ids = [.. ids],
            Labels = labelled ? answers.Classes : [],
        };
    }

    /// <summary>The rows of a submission.</summary>
    /// <param name="answers">The training rows' answers, for classes and names.</param>
    /// <param name="answered">(ids, value columns): label codes when <see cref="Labels"/> is not empty, else the numbers themselves.</param>
    public IEnumerable<string[]> Rows(TargetValues answers, Matrix answered)
    {
        var columns = Order(answers, answered.Columns);
        for (var i = 0; i < Ids.Length; i++)
        {
            var row = new string[Header.Length];
            row[0] = Ids[i];
            for (var c = 1; c < row.Length; c++)
            {
                var value = answered[i, columns[c - 1]];
                row[c] = Labels.IsEmpty ? value.ToString("R", CultureInfo.InvariantCulture) : Labels[(int)value];
            }
            yield return row;
        }
    }

    /// <summary>For each value column the prediction's output: the sample may name classes in another order, with a prefix or none.</summary>
    public int[] Order(TargetValues answers, int outputs)
    {
        var names = answers.Task == TaskKind.Multiclass ? answers.Classes : answers.Target.Columns;
        var columns = Enumerable.Range(0, outputs).ToArray();
        if (outputs < 2 || names.Length != outputs) return columns;
        var found = Header.Skip(1).Select(header => Find(names, header)).ToArray();
        return found.Order().SequenceEqual(columns) ? found : columns;
    }

    static int Find(ImmutableArray<string> names, string header)
    {
        var exact = names.IndexOf(header);
        if (exact >= 0) return exact;
        var ending = Enumerable.Range(0, names.Length).Where(i => header.EndsWith("_" + names[i], StringComparison.OrdinalIgnoreCase)).ToArray();
        return ending.Length == 1 ? ending[0] : -1;
    }
}
