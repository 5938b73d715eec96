using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Submissions;

namespace Kaggle.Core.Commands;

/// <summary>Scores a submission against the answers, as the competition's host does.</summary>
static class ScoreCommand
{
    /// <param name="session">The competition.</param>
    /// <param name="submission">The file to score.</param>
    /// <param name="given">The file of true answers; null: those that lie with the competition's files.</param>
    public static int Run(Session session, string submission, string? given)
    {
        var competition = session.Competition;
        var metric = competition.Metric;
        var answers = session.Data.Train.Answers;
        var (solution, header, rows) = Solution(session, given);
        // Kaggle's solutions say which rows count for which leaderboard; all count here.
        var columns = Enumerable.Range(1, header.Count - 1).Where(c => header[c] is not "Usage").ToArray();
        var truth = new float[rows.Count * answers.Truth.Columns];
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != header.Count) throw new InputException($"{solution}, line {i + 2}: {rows[i].Length} fields instead of {header.Count}.");
            for (var t = 0; t < answers.Truth.Columns; t++) truth[i * answers.Truth.Columns + t] = Truth(answers, rows[i][columns[t]], solution, i + 2);
        }
        var form = Forms.Of(competition, session.Data) is { } asked
            ? asked with { Ids = [.. rows.Select(r => r[0])] }
            : SubmissionForm.Of(header[0], [.. columns.Select(c => header[c])], [.. rows.Select(r => r[0])], answers, metric.Need);
        var read = SubmissionFile.Read(submission, form);
        var order = form.Order(answers, form.Header.Length - 1);
        var width = form.Header.Length - 1;
        var predicted = new float[read.Count * width];
        for (var i = 0; i < read.Count; i++)
            for (var c = 0; c < width; c++)
                predicted[i * width + order[c]] = form.Labels.IsEmpty
                    ? float.Parse(read[i][c + 1], CultureInfo.InvariantCulture)
                    : form.Labels.IndexOf(read[i][c + 1]);
        var score = metric.Score(new Matrix(truth, answers.Truth.Columns), new Matrix(predicted, width));
        session.Terminal.Result($"{metric.Name} {Figures.Score(score)} on {rows.Count} rows");
        return Outcome.Done;
    }

    static (string Name, IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows) Solution(Session session, string? given)
    {
        if (given is null && session.Data.Files.Solution is { Made: { } made })
            return (made.Name, [.. made.Names], [.. Enumerable.Range(0, made.Rows).Select(row => made.Columns.Select(c => c.TextAt(row) ?? "").ToArray())]);
        var file = given ?? (session.Data.Files.Solution is { Entry: null } found ? found.Path
            : throw new InputException($"{session.Data.Files.Folder} holds no answers of the test rows; name the file of them: --solution FILE."));
        var (header, rows) = SubmissionFile.ReadCsv(file);
        return (file, header, rows);
    }

    static float Truth(TargetValues answers, string text, string file, int line)
    {
        if (!answers.Classes.IsEmpty && answers.Classes.IndexOf(text) is var code and >= 0) return code;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) && answers.Classes.IsEmpty)
            return number;
        throw new InputException($"{file}, line {line}: '{text}' is no answer to {string.Join(", ", answers.Target.Columns)}" +
            (answers.Classes.IsEmpty ? "." : $"; the classes are {string.Join(", ", answers.Classes.Take(10))}."));
    }
}
