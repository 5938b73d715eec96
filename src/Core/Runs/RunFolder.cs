using System.Globalization;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Runs;

/// <summary>One run's folder, <c>runs/&lt;Name&gt;/&lt;run&gt;/</c>: the only place where results are written.</summary>
public sealed class RunFolder
{
    RunFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>The folder's name; it sorts by time.</summary>
    public string Run => Path.GetFileName(FullPath);

    public string DocumentPath => Path.Combine(FullPath, "run.json");

    public string ReportPath => Path.Combine(FullPath, "report.html");

    public string SubmissionPath => Path.Combine(FullPath, "submission.csv");

    public string FoldsPath => Path.Combine(FullPath, "folds.csv");

    public string AnalysisPath => Path.Combine(FullPath, "analysis.json");

    /// <summary>The folder of the run with this identity: the one that exists, or a new one named by the clock.</summary>
    /// <param name="competition">runs/&lt;Name&gt;.</param>
    /// <param name="identity">A hash of declaration, data and options.</param>
    /// <param name="label">The last part of a new folder's name: "default", "quick".</param>
    /// <param name="now">The time in a new folder's name.</param>
    public static RunFolder FindOrCreate(string competition, string identity, string label, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(competition);
            // Two processes that start the same run at once must agree on one folder.
            using var gate = Gate(Path.Combine(competition, ".runs.lock"));
            if (Find(competition, identity) is { } known) return known;
            var path = Path.Combine(competition, $"{now:yyyyMMdd-HHmmss}-{label}");
            for (var n = 2; Directory.Exists(path); n++) path = Path.Combine(competition, $"{now:yyyyMMdd-HHmmss}-{label}-{n}");
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, "identity"), identity);
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The output folder {competition} cannot be written: {e.Message.TrimEnd('.')}. Choose another with --out.", e);
        }
    }

    public static RunFolder? Find(string competition, string identity) =>
        !Directory.Exists(competition) ? null : Directory.EnumerateDirectories(competition)
            .Where(run => File.Exists(Path.Combine(run, "identity")) && File.ReadAllText(Path.Combine(run, "identity")) == identity)
            .Order(StringComparer.Ordinal)
            .Select(run => new RunFolder(run))
            .FirstOrDefault();

    /// <returns>All runs that have a run.json, oldest first.</returns>
    public static IReadOnlyList<RunFolder> All(string competition) =>
        !Directory.Exists(competition) ? [] :
        [
            .. Directory.EnumerateDirectories(competition)
                .Where(run => File.Exists(Path.Combine(run, "run.json")))
                .Order(StringComparer.Ordinal)
                .Select(run => new RunFolder(run)),
        ];

    /// <exception cref="InputException">There is no such run, or several; the sentence lists those there are.</exception>
    public static RunFolder Named(string competition, string? run)
    {
        var all = All(competition);
        if (all.Count == 0) throw new InputException($"There are no runs in {competition} yet. Start one without a verb.");
        if (run is null) return all[^1];
        return all.FirstOrDefault(r => r.Run == run)
            ?? (all.Where(r => r.Run.Contains(run, StringComparison.Ordinal)).ToArray() is [var only] ? only : null)
            ?? throw new InputException($"There is no run '{run}' in {competition}. There are: {string.Join(", ", all.Select(r => r.Run))}.");
    }

    public RunDocument? Read() => File.Exists(DocumentPath) ? JsonSerializer.Deserialize<RunDocument>(File.ReadAllBytes(DocumentPath), RunJson.Options) : null;

    public void Write(RunDocument document) =>
        WholeFile.Write(DocumentPath, stream => JsonSerializer.Serialize(stream, document, RunJson.Options));

    /// <summary>folds.csv: for each training row the fold that judges it, one column a repeat; empty where none does.</summary>
    public void WriteFolds(IReadOnlyList<string> ids, IReadOnlyList<Fold> folds)
    {
        var repeats = folds.Max(f => f.Repeat) + 1;
        var of = new string[repeats][];
        for (var r = 0; r < repeats; r++)
        {
            of[r] = [.. Enumerable.Repeat("", ids.Count)];
            foreach (var fold in folds.Where(f => f.Repeat == r))
                foreach (var row in fold.Validation) of[r][row] = fold.Number.ToString(CultureInfo.InvariantCulture);
        }
        WholeFile.WriteCsv(FoldsPath,
            ["id", .. Enumerable.Range(0, repeats).Select(r => r == 0 ? "fold" : $"fold{r}")],
            ids.Select((id, i) => (string[])[id, .. of.Select(column => column[i])]));
    }

    /// <summary>learners/&lt;learner&gt;/oof.csv and test.csv: id and one column an output, on the table's own scale.</summary>
    public void WritePredictions(string learner, IReadOnlyList<string> outputs, IReadOnlyList<string> ids, Predictions outOfFold,
        IReadOnlyList<string>? testIds, Predictions? test)
    {
        var folder = Path.Combine(FullPath, "learners", learner);
        WritePredictions(Path.Combine(folder, "oof.csv"), outputs, ids, outOfFold);
        if (test is not null && testIds is not null) WritePredictions(Path.Combine(folder, "test.csv"), outputs, testIds, test);
    }

    static void WritePredictions(string path, IReadOnlyList<string> outputs, IReadOnlyList<string> ids, Predictions predictions) =>
        WholeFile.WriteCsv(path, ["id", .. outputs], Enumerable.Range(0, ids.Count).Select(i =>
        {
            var row = new string[outputs.Count + 1];
            row[0] = ids[i];
            for (var o = 0; o < outputs.Count; o++)
                row[o + 1] = float.IsNaN(predictions[i, o]) ? "" : predictions[i, o].ToString("R", CultureInfo.InvariantCulture);
            return row;
        }));

    /// <summary>One line, with the time, at the end of log.txt.</summary>
    public void Log(DateTimeOffset now, string line) =>
        File.AppendAllText(Path.Combine(FullPath, "log.txt"), $"{now:yyyy-MM-dd HH:mm:ss} {line}\n");

    static FileStream Gate(string path)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && tries < 200)
            {
                Thread.Sleep(25);
            }
    }
}
