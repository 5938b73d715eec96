using System.CommandLine;

namespace Kaggle.Competitions.AnyImages;

/// <summary>A competition whose declaration is read off a folder of pictures.</summary>
public sealed class ImageFolder : ICompetitionSource
{
    readonly Option<string?> model = new("--model") { Description = $"Published weights to start from: {string.Join(", ", Choice.Published.Select(p => p.Name))}, resnet18 …; none: a small network from scratch (default: what is there)", HelpName = "NAME" };
    readonly Option<string?> weights = new("--weights") { Description = "A file of weights to start from; --model says of which network, where its name does not", HelpName = "FILE" };
    readonly Option<int?> size = new("--size") { Description = "Height and width to which pictures are brought (default: what the model learned from; 64 from scratch)", HelpName = "PIXELS" };
    readonly Option<int?> epochs = new("--epochs") { Description = "How often a network sees each picture (default: by how many there are)", HelpName = "N" };
    readonly Option<string?> metric = new("--metric") { Description = "How it is judged: accuracy, log-loss, f1-macro …", HelpName = "NAME" };
    readonly Option<string[]> target = new("--target") { Description = "The answers' column, where a table names the pictures", AllowMultipleArgumentsPerToken = true, HelpName = "COLUMN" };
    readonly Option<string?> labels = new("--labels") { Description = "Where a picture's path tells its label: the first group of this regular expression", HelpName = "REGEX" };
    readonly Option<bool> skip = new("--skip-bad-images") { Description = "Leave broken pictures out of training, and predict them as grey ones" };

    public string Name => "AnyImages";

    public string Question => "What do the pictures of a folder show?";

    public IReadOnlyList<Option> Options => [model, weights, size, epochs, metric, target, labels, skip];

    public Func<IReadOnlyList<SampleFile>>? Sample => Tiles.Simulate;

    public string? RealFiles => "For pictures of your own: --data FOLDER, or a zip; the README says what it may hold.";

    public IFileLayout Layout(ParseResult parsed) => new ImageFiles { LabelPattern = parsed.GetValue(labels), SkipBad = parsed.GetValue(skip) };

    public Competition Declare(ParseResult parsed, CompetitionFiles files, TimeSpan? budget)
    {
        if (files.Train.Made is null || files.Test.Made is null) throw new InputException($"{files.Folder} holds tables without pictures; AnyTable answers those.");
        var tables = Table.ReadTogether([files.Train, files.Test]);
        string[] columns = [.. files.Kinds.Where(k => k.Value == ColumnKind.Image).Select(k => k.Key)];
        var sample = files.SampleSubmission is { } source ? Table.ReadTogether([source])[0] : null;
        var question = TableQuestion.Of(tables[0], tables[1], sample, new() { Kinds = true, Id = files.Id, Metric = parsed.GetValue(metric), Targets = [.. parsed.GetValue(target) ?? []], Drop = [.. columns] });
        var pictures = new PictureFacts
        {
            Task = question.Target.Task, Rows = tables[0].Rows, Test = tables[1].Rows, Budget = budget, Largest = Largest(tables[0], question.Target),
            Shapes = PictureShapes.Of(new(columns[0], Texts(tables[0][columns[0]]), new(files.Folder))),
        };
        var wishes = new Wishes { Model = parsed.GetValue(model), Weights = parsed.GetValue(weights), Size = parsed.GetValue(size), Epochs = parsed.GetValue(epochs) };
        ILearner[] learners = [.. Choice.Learners(pictures, wishes).Where(l => l.Learns(question.Target.Task))];
        return new()
        {
            Name     = Name,
            Question = Question,
            Target   = question.Target,
            Metric   = question.Metric,
            Id       = question.Id,
            Folds    = Choice.Folds(pictures, learners),
            Learners = [.. learners],
            Columns  = new() { Drop = [.. question.Drop] },
            Notes    = question.Notes,
            Ensemble = Choice.Ensemble(pictures),
        };
    }

    static string?[] Texts(TableColumn column) => [.. Enumerable.Range(0, column.Rows).Select(column.TextAt)];

    static int Largest(Table train, Target target) =>
        target.Task is TaskKind.Binary or TaskKind.Multiclass ? Texts(train[target.Columns[0]]).OfType<string>().CountBy(text => text).Max(pair => pair.Value) : train.Rows;
}
