using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;
using Kaggle.Core.Reporting;

namespace Kaggle.Core.Commands;

/// <summary>Reads everything, trains nothing: what was understood, and all that is wrong or suspicious.</summary>
static class CheckCommand
{
    public static int Run(Session session)
    {
        var (terminal, competition, data) = (session.Terminal, session.Competition, session.Data);
        var experiment = Experiments.Of(session);
        terminal.Result($"{competition.Name}: {competition.Question}");
        foreach (var note in competition.Notes.Concat(Experiments.LeftOut(competition))) terminal.Result(note);
        terminal.Result($"Train: {data.Files.Train.Name}, {data.TrainTable.Rows} rows. Test: {data.Files.Test.Name}, {data.TestTable.Rows} rows. Id: {data.IdColumn}.");
        terminal.Result($"Target: {string.Join(", ", competition.Target.Columns)} ({competition.Target.Task.ToString().ToLowerInvariant()}). Metric: {competition.Metric.Name}. Validation: {experiment.Scheme.Describe()}.");
        terminal.Result($"Learners: {string.Join(", ", experiment.Learners.Select(l => l.Name))}. Ensemble: {competition.Ensemble.Name}.");
        Columns(terminal, "The files' columns", [.. data.TrainTable.Without(competition.Target.Columns).ToColumns(data.Files.Kinds.SetItems(competition.Columns.Kinds))], Missing(data));
        foreach (var name in data.TrainTable.Columns.OfType<TextValues>().Select(c => c.Name).Where(n => data.TestTable.Find(n) is TextValues))
            if (TextFacts.Of(((TextValues)data.TrainTable[name]).Texts.Span, ((TextValues)data.TestTable[name]).Texts.Span, hasTest: true) is { } facts && name != data.IdColumn)
                terminal.Result($"{name}: {Wording.Texts(facts)}.");
        if (competition.Features is not null) Columns(terminal, "The features", data.Train.Columns, column => (Share(column), Share(data.Test[column.Name])));
        var warnings = Guard.Inspect(session, experiment, new() { Threads = Environment.ProcessorCount });
        WarningLines.Print(terminal, warnings);
        terminal.Result(warnings.Count == 0 ? "Nothing suspicious was found." : $"{warnings.Count} {(warnings.Count == 1 ? "thing" : "things")} to look at.");
        return Outcome.Done;
    }

    static void Columns(Terminal terminal, string title, IReadOnlyList<Column> columns, Func<Column, (double Train, double Test)> missing)
    {
        var grid = new Grid().Titled(title).Left("column").Left("kind").Right("levels").Right("missing in train").Right("in test");
        foreach (var column in columns)
        {
            var (train, test) = missing(column);
            grid.Row(
                column.Name, column.Kind.ToString().ToLowerInvariant(),
                column is CategoryColumn category ? category.Levels.Length.ToString(CultureInfo.InvariantCulture) : "", Percent(train), Percent(test));
        }
        terminal.Show(grid);
    }

    static Func<Column, (double, double)> Missing(CompetitionData data) => column =>
        (Share(column), data.TestTable.Find(column.Name) is { } test ? Share(test.ToColumn()) : 1);

    static double Share(Column column) => column.Rows == 0 ? 0 : Enumerable.Range(0, column.Rows).Count(column.IsMissing) / (double)column.Rows;

    static string Percent(double share) => share == 0 ? "" : share.ToString("P1", CultureInfo.InvariantCulture);
}
