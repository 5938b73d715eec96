using System.Collections.Immutable;
using System.CommandLine;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Commands;

/// <summary>How large a table is, and what is asked of it: learners are chosen by that.</summary>
/// <param name="Task">The kind of answer.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="Columns">Columns of the files.</param>
/// <param name="Classes">Classes or labels; 1 for numbers.</param>
/// <param name="CountsOnly">Every answer is a whole number from 0.</param>
public sealed record TableFacts(TaskKind Task, int Rows, int Columns, int Classes, bool CountsOnly)
{
    /// <summary>No answer is below 0.</summary>
    public bool NotBelowZero { get; init; }

    /// <summary>How answers are judged.</summary>
    public required Metric Metric { get; init; }

    /// <summary>How many columns hold texts.</summary>
    public int Texts { get; init; }

    /// <summary>What is to be forecast, where the test rows come later; null: nothing, or it has no regular steps.</summary>
    public TableSeries? Series { get; init; }
}

/// <summary>A competition without code: what is asked is inferred from the files, and shown before anything is trained.</summary>
public sealed record TableCompetition : ICompetitionSource
{
    public required string Name { get; init; }

    public required string Question { get; init; }

    /// <summary>Who tries, by the table's size and task.</summary>
    public required Func<TableFacts, ImmutableArray<ILearner>> Learners { get; init; }

    /// <summary>How they are blended, by the same.</summary>
    public Func<TableFacts, IEnsemble> Ensemble { get; init; } = _ => new GreedyEnsemble();

    public Func<IReadOnlyList<SampleFile>>? Sample { get; init; }

    public string? RealFiles => "For tables of your own: --data FOLDER with train, test and, if there is one, a sample submission.";

    readonly Option<string[]> target = new("--target") { Description = "What is to be predicted (default: what the sample submission asks for)", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
    readonly Option<string?> id = new("--id") { Description = "The id's column (default: the sample submission's first)", HelpName = "COLUMN" };
    readonly Option<TaskKind?> task = new("--task") { Description = "The kind of answer, where the values leave it open", HelpName = "TASK" };
    readonly Option<string?> metric = new("--metric") { Description = "How it is judged: auc, accuracy, log-loss, rmse, rmsle, mae, qwk …", HelpName = "NAME" };
    readonly Option<string[]> drop = new("--drop") { Description = "Columns not to learn from", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };

    public IReadOnlyList<Option> Options => [target, id, task, metric, drop];

    /// <summary>Runs the command line.</summary>
    /// <returns>The exit code, as of <see cref="Competition.RunAsync"/>.</returns>
    public Task<int> RunAsync(string[] args) => new CommandLine(this).RunAsync(args);

    public Competition Declare(ParseResult parsed, CompetitionFiles files, TimeSpan? budget) => Declare(files, new()
    {
        Targets = [.. parsed.GetValue(target) ?? []],
        Id = parsed.GetValue(id),
        Task = parsed.GetValue(task),
        Metric = parsed.GetValue(metric),
        Drop = [.. parsed.GetValue(drop) ?? []],
    });

    /// <summary>The declaration that a competitor would have written for these files.</summary>
    public Competition Declare(CompetitionFiles files, TableWishes wishes)
    {
        var tables = Table.ReadTogether([files.Train, files.Test]);
        var (train, test) = (tables[0], tables[1]);
        var question = TableQuestion.Of(train, test, files.SampleSubmission is { } source ? Table.ReadTogether([source])[0] : null, wishes);
        ImmutableArray<string> drop = [.. wishes.Drop, .. question.Drop];
        var folds = TableFolds.Of(train, test, question, drop);
        var features = TableFeatures.Of(train, test, [.. drop, .. question.Target.Columns, .. new[] { question.Id, folds.Group }.OfType<string>()], question.Id);
        var series = folds is { Time: { } time, Between: false } && question.Target.Task == TaskKind.Regression
            ? TableSeries.Of(train, test, time, [.. drop, .. features.Drop, .. question.Target.Columns, .. new[] { question.Id }.OfType<string>()])
            : null;
        var facts = Facts(train, question) with { Series = series, Texts = features.Texts.Length };
        return new()
        {
            Name = Name,
            Question = Question,
            Target = question.Target,
            Metric = question.Metric,
            Id = question.Id,
            Folds = series?.Folds ?? folds.Folds,
            Features = features.Describe,
            Encoders = [.. Encoders(features, facts), .. series?.Encoders ?? []],
            Learners = [.. Learners(facts).Where(l => l.Learns(question.Target.Task))],
            Ensemble = Ensemble(facts),
            Retrain = folds.Time is not null && !folds.Between,
            Columns = new()
            {
                Group = folds.Group, Time = folds.Time, Drop = [.. drop, .. features.Drop],
                Kinds = features.Texts.ToImmutableDictionary(name => name, _ => ColumnKind.Text),
            },
            Notes = [.. question.Notes, .. new[] { folds.Note, series?.Describe() }.OfType<string>(), .. features.Notes],
        };
    }

    static ImmutableArray<IEncoder> Encoders(TableFeatures features, TableFacts facts) =>
        features.Wide.IsEmpty || features.Wide.Length * facts.Classes > 40 ? [] : [new TargetMean { Columns = [.. features.Wide], Keep = true }];

    static TableFacts Facts(Table train, TableQuestion question)
    {
        var column = train[question.Target.Columns[0]];
        var classes = question.Target.Task switch
        {
            TaskKind.Multiclass => Enumerable.Range(0, column.Rows).Select(column.TextAt).Distinct().Count(),
            TaskKind.Multilabel => question.Target.Columns.Length,
            _ => 1,
        };
        var notBelow = question.Target.Task == TaskKind.Regression && column is NumberValues numbers && numbers.Range() is { Least: >= 0 };
        return new(question.Target.Task, train.Rows, train.Columns.Length, classes, notBelow && column is NumberValues { Values: ValueKind.Integer })
        {
            NotBelowZero = notBelow,
            Metric = question.Metric,
        };
    }
}
