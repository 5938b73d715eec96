using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>What the report is made of: a run folder's files and nothing else.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Document">run.json.</param>
/// <param name="Analysis">analysis.json; null when the run has none (it was stopped early).</param>
/// <param name="FoldRows">From folds.csv: how many rows each fold judges, by fold; empty without the file.</param>
sealed record FinishedRun(string Folder, RunDocument Document, RunAnalysis? Analysis, IReadOnlyList<int> FoldRows)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <exception cref="InputException">The folder has no run.json, or a file in it is not what its name says.</exception>
    public static FinishedRun Read(string folder)
    {
        var run = Path.Combine(folder, "run.json");
        if (!File.Exists(run)) throw new InputException($"{folder} has no run.json, so it is no run folder. `runs` lists those that there are.");
        var analysis = Path.Combine(folder, RunAnalysis.FileName);
        return new(folder,
            Parsed(run, text => JsonSerializer.Deserialize<RunDocument>(text, Json)!),
            File.Exists(analysis) ? Parsed(analysis, RunAnalysis.FromJson) : null,
            Folds(Path.Combine(folder, "folds.csv")));
    }

    static T Parsed<T>(string file, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(file));
        }
        catch (JsonException e)
        {
            throw new InputException($"{file} cannot be read: {e.Message} Another version wrote it, or it was changed; run again to have it written anew.", e);
        }
    }

    // id,fold: the fold is the last cell of the first repeat, so quoted ids need no parsing where there is one repeat.
    static int[] Folds(string file)
    {
        if (!File.Exists(file)) return [];
        var lines = File.ReadLines(file).GetEnumerator();
        if (!lines.MoveNext()) return [];
        var repeats = lines.Current.Count(c => c == ',');
        List<int> rows = [];
        while (lines.MoveNext())
        {
            var cells = lines.Current.Split(',');
            if (cells.Length <= repeats || !int.TryParse(cells[^repeats], out var fold) || fold < 0) continue;
            while (rows.Count <= fold) rows.Add(0);
            rows[fold]++;
        }
        return [.. rows];
    }
}
