using System.Globalization;
using CsvHelper;
using Kaggle.Core.Data;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Submissions;

/// <summary>A submission as it lies on disk: checked before it is believed, written whole or not at all.</summary>
public static class SubmissionFile
{
    const int Shown = 5;                                            // how many offenders a sentence names

    /// <summary>Writes the rows after the same check that <see cref="Read"/> makes.</summary>
    public static void Write(string path, SubmissionForm form, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        Check("The submission", form, form.Header, all);
        WholeFile.WriteCsv(path, form.Header, all);
    }

    /// <returns>The rows in the form's order of ids.</returns>
    /// <exception cref="InputException">The file is missing, or is not what the form wants: every fault is named.</exception>
    public static IReadOnlyList<string[]> Read(string path, SubmissionForm form)
    {
        var (header, rows) = ReadCsv(path);
        Check(path, form, header, rows);
        var byId = rows.ToDictionary(row => row[0]);
        return [.. form.Ids.Select(id => byId[id])];
    }

    /// <returns>The header and rows as they stand.</returns>
    public static (IReadOnlyList<string> Header, List<string[]> Rows) ReadCsv(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path} is not there.");
        try
        {
            using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with { HasHeader = false });
            var rows = new List<string[]>();
            while (csv.Read())
            {
                var row = new string[csv.FieldCount];
                for (var i = 0; i < row.Length; i++) row[i] = csv.GetString(i);
                rows.Add(row);
            }
            if (rows.Count < 2) throw new InputException($"{path} has no rows below its header.");
            return (rows[0], rows[1..]);
        }
        catch (Exception e) when (e is CsvFormatException or CsvValidationException)
        {
            throw new InputException($"{path} is not a readable CSV: {e.Message}", e);
        }
    }

    static void Check(string name, SubmissionForm form, IReadOnlyList<string> header, List<string[]> rows)
    {
        if (!header.SequenceEqual(form.Header))
            throw new InputException($"{name}: the columns are {string.Join(",", header)}; they must be {string.Join(",", form.Header)}.");
        var known = form.Ids.ToHashSet();
        var seen = new HashSet<string>();
        List<string> twice = [], unknown = [], values = [];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Length != header.Count)
            {
                values.Add($"line {i + 2} has {row.Length} fields instead of {header.Count}");
                continue;
            }
            if (!seen.Add(row[0])) twice.Add(row[0]);
            else if (!known.Contains(row[0])) unknown.Add(row[0]);
            for (var c = 1; c < row.Length; c++)
                if (Fault(form, row[c]) is { } fault) values.Add($"id {row[0]}, column '{header[c]}': '{row[c]}' {fault}");
        }
        var missing = form.Ids.Where(id => !seen.Contains(id)).ToList();
        var faults = new List<string>();
        if (rows.Count != form.Ids.Length) faults.Add($"it has {rows.Count} rows instead of {form.Ids.Length}");
        if (missing.Count > 0) faults.Add($"{missing.Count} ids are missing ({Some(missing)})");
        if (twice.Count > 0) faults.Add($"{twice.Count} ids stand there more than once ({Some(twice)})");
        if (unknown.Count > 0) faults.Add($"{unknown.Count} ids are not in the test rows ({Some(unknown)})");
        if (values.Count > 0) faults.Add($"{values.Count} values are wrong ({Some(values)})");
        if (faults.Count > 0) throw new InputException($"{name}: {string.Join("; ", faults)}.");
    }

    static string? Fault(SubmissionForm form, string text)
    {
        if (!form.Labels.IsEmpty)
            return form.Labels.Contains(text) ? null : $"is no label of the training rows ({string.Join(", ", form.Labels.Take(10))})";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? double.IsFinite(value) ? null : "is not finite"
            : "is not a number";
    }

    static string Some(List<string> all) => string.Join(", ", all.Take(Shown)) + (all.Count > Shown ? ", …" : "");
}
