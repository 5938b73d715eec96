using System.Collections.Immutable;
using Microsoft.Data.Analysis;

namespace Kaggle.Core.Data;

/// <summary>What Kaggle wants back: the header and the ids of sample_submission, in its order.</summary>
/// <param name="Header">The id's column first, as in the file.</param>
/// <param name="Ids">As they are written in the file.</param>
/// <param name="Table">All its columns; its answers tell the form of ours.</param>
public sealed record SampleSubmission(ImmutableArray<string> Header, IReadOnlyList<string> Ids, Table Table);

/// <summary>A competition's files as learners see them.</summary>
public sealed record CompetitionData
{
    public required CompetitionFiles Files { get; init; }

    /// <summary>The features of the training rows and their answers.</summary>
    public required Dataset Train { get; init; }

    /// <summary>The features of the test rows: the same columns, with the same levels.</summary>
    public required Dataset Test { get; init; }

    /// <summary>The id's name; "Id", with row numbers, when the files have none.</summary>
    public required string IdColumn { get; init; }

    /// <summary>For each training row its id as the file writes it.</summary>
    public required IReadOnlyList<string> TrainIds { get; init; }

    /// <summary>For each test row its id as the file writes it.</summary>
    public required IReadOnlyList<string> TestIds { get; init; }

    public SampleSubmission? SampleSubmission { get; init; }

    /// <summary>The file as read, before features: for looking at rows.</summary>
    public required Table TrainTable { get; init; }

    public required Table TestTable { get; init; }

    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <param name="files">Where they are.</param>
    /// <param name="target">What is to be predicted.</param>
    /// <param name="id">The id's column; null: the first column of sample_submission that test has, else one that is named so.</param>
    /// <param name="features">
    /// Gets train's and test's rows, in that order, as one table without the target, the id among its columns. What it returns has the same rows;
    /// a column of the id's name is dropped. Null: the columns as they are.
    /// </param>
    /// <param name="options">Kinds and parts of columns.</param>
    /// <exception cref="InputException">All mistakes that could be found at once.</exception>
    public static CompetitionData Read(
        CompetitionFiles files, Target target, string? id = null, Func<DataFrame, DataFrame>? features = null, ColumnOptions? options = null)
    {
        options ??= new();
        var problems = new Problems();
        var inTrain = problems.Try(() => TableReader.Names(files.Train, options.Reading));
        var inTest = problems.Try(() => TableReader.Names(files.Test, options.Reading));
        var inSample = files.SampleSubmission is { } s ? problems.Try(() => TableReader.Names(s, options.Reading)) : null;
        problems.ThrowIfAny();

        id = IdOf(id ?? files.Id, inTrain!, inTest!, inSample);
        CheckNames(problems, files, target, id, options, inTrain!, inTest!);
        problems.ThrowIfAny();

        var kinds = files.Kinds.SetItems(options.Reading.Kinds).SetItems(options.Kinds).SetItems(target.Columns.Select(c => KeyValuePair.Create(c, TargetReading.KindOf(target))));
        if (id is not null) kinds = kinds.SetItem(id, ColumnKind.Text);
        var reading = options.Reading with { Kinds = kinds };
        var tables = Table.ReadTogether([files.Train, files.Test], reading);
        var (train, test) = (tables[0], tables[1]);

        var answers = problems.Try(() => TargetReading.Read(train, target));
        var trainIds = Ids(problems, train, id, mayRepeat: true);
        var testIds = Ids(problems, test, id, mayRepeat: false);
        var sample = files.SampleSubmission is { } source ? problems.Try(() => Sample(source, id, reading)) : null;
        if (sample is not null && id is not null) CheckSample(problems, sample, test, testIds);
        problems.ThrowIfAny();

        var roles = Roles.Of(train, test, options);
        var both = Features(train.Without(target.Columns).Without(options.Drop), test.Without(target.Columns).Without(options.Drop), id, features, options);
        var columns = both.Without(new[] { id, options.Group, options.Weight }.OfType<string>()).Without(options.Drop).ToColumns(kinds, new(files.Folder, files.Digest));
        if (columns.Length == 0) throw new InputException("No column is left to learn from.");
        int[] trainRows = [.. Enumerable.Range(0, train.Rows)], testRows = [.. Enumerable.Range(train.Rows, test.Rows)];
        return new()
        {
            Files = files,
            Train = new(columns.Select(c => c.Take(trainRows)), answers, roles.TrainWeights, roles.TrainGroups, roles.TrainTime),
            Test = new(columns.Select(c => c.Take(testRows)), null, null, roles.TestGroups, roles.TestTime),
            IdColumn = id ?? "Id",
            TrainIds = trainIds,
            TestIds = testIds,
            SampleSubmission = sample,
            TrainTable = train,
            TestTable = test,
            Warnings = [.. files.Warnings, .. RepeatedIds(train, id, trainIds)],
        };
    }

    static string? IdOf(string? id, string[] train, string[] test, string[]? sample) =>
        id ?? sample?.FirstOrDefault(test.Contains)
        ?? test.FirstOrDefault(n => train.Contains(n) && (n.Equals("id", StringComparison.OrdinalIgnoreCase) || n.Equals("row_id", StringComparison.OrdinalIgnoreCase)));

    static void CheckNames(Problems problems, CompetitionFiles files, Target target, string? id, ColumnOptions options, string[] train, string[] test)
    {
        var (trainName, testName) = (files.Train.Name, files.Test.Name);
        foreach (var column in target.Columns.Where(c => !train.Contains(c)))
            problems.Add($"{trainName} has no target column '{column}'. {Nearest.Hint(column, train)}");
        if (id is not null && !test.Contains(id)) problems.Add($"{testName} has no id column '{id}'. {Nearest.Hint(id, test)}");
        foreach (var (part, column) in new[] { ("group", options.Group), ("time", options.Time), ("weight", options.Weight) })
            if (column is not null && !train.Contains(column)) problems.Add($"{trainName} has no {part} column '{column}'. {Nearest.Hint(column, train)}");
        foreach (var column in options.Kinds.Keys.Order(StringComparer.Ordinal).Where(c => !train.Contains(c) && !test.Contains(c) && options.Drop.Contains(c)))
            problems.Add($"A kind is stated of '{column}', which is dropped.");

        string[] apart = [.. target.Columns, .. new[] { id, options.Group, options.Time, options.Weight }.OfType<string>(), .. options.Drop];
        string[] onlyTrain = [.. train.Except(test).Except(apart)], onlyTest = [.. test.Except(train).Except(apart)];
        if (onlyTrain.Length > 0)
            problems.Add($"{testName} lacks {Columns(onlyTrain)} of {trainName}; a feature must be known of test rows too. Drop it (Drop), or complete the file.");
        if (onlyTest.Length > 0)
            problems.Add($"{trainName} lacks {Columns(onlyTest)} of {testName}; nothing can be learned of it. Drop it (Drop), or complete the file.");
    }

    static string Columns(string[] names) =>
        (names.Length == 1 ? "the column " : $"the {names.Length} columns ") + string.Join(", ", names.Take(8).Select(n => $"'{n}'")) + (names.Length > 8 ? ", …" : "");

    static string[] Ids(Problems problems, Table table, string? id, bool mayRepeat)
    {
        if (id is null || table.Find(id) is not { } column) return [.. Enumerable.Range(0, table.Rows).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var ids = new string[table.Rows];
        var seen = new Dictionary<string, int>(table.Rows);
        for (var row = 0; row < ids.Length; row++)
        {
            if (column.TextAt(row) is not { } text)
            {
                problems.Add($"{table.Name}, line {table.LineOf(row)}: the id '{id}' is missing.");
                return ids;
            }
            ids[row] = text;
            if (seen.TryAdd(text, row) || mayRepeat) continue;
            problems.Add($"{table.Name}, line {table.LineOf(row)}: the id {text} stands already on line {table.LineOf(seen[text])}; each test row needs an id of its own.");
            return ids;
        }
        return ids;
    }

    static Warning[] RepeatedIds(Table train, string? id, string[] ids)
    {
        if (id is null || ids.GroupBy(i => i).Where(g => g.Count() > 1).ToArray() is not { Length: > 0 } twice) return [];
        return [new("warning", "repeated-ids", $"{twice.Length} ids of {train.Name} stand on more than one row ({twice[0].Key} on {twice[0].Count()}); if they are one thing seen often, split by group.")];
    }

    static SampleSubmission Sample(TableSource source, string? id, ReadOptions reading)
    {
        var names = TableReader.Names(source, reading);
        var key = id is not null && names.Contains(id) ? id : names[0];
        if (id is not null && key != id) throw new InputException($"{source.Name} has no id column '{id}'. {Nearest.Hint(id, names)}");
        var table = Table.ReadTogether([source], ReadOptions.Default with { Kinds = ReadOptions.Default.Kinds.SetItem(key, ColumnKind.Text) })[0];
        return new([.. names], [.. Enumerable.Range(0, table.Rows).Select(row => table[key].TextAt(row) ?? "")], table);
    }

    static void CheckSample(Problems problems, SampleSubmission sample, Table test, string[] ids)
    {
        var asked = sample.Ids.ToHashSet();
        var known = ids.ToHashSet();
        string[] notAsked = [.. ids.Where(i => !asked.Contains(i))], unknown = [.. sample.Ids.Where(i => !known.Contains(i))];
        if (asked.Count < sample.Ids.Count)
            problems.Add($"{sample.Table.Name} repeats {sample.Ids.Count - asked.Count} ids, the first {sample.Ids.GroupBy(i => i).First(g => g.Count() > 1).Key}.");
        if (notAsked.Length + unknown.Length > 0)
            problems.Add($"{sample.Table.Name} ({sample.Ids.Count} rows) and {test.Name} ({test.Rows} rows) disagree: " + string.Join(" and ", new[]
            {
                notAsked.Length == 0 ? null : $"{notAsked.Length} ids stand only in {test.Name} (the first {notAsked[0]})",
                unknown.Length == 0 ? null : $"{unknown.Length} only in {sample.Table.Name} (the first {unknown[0]})",
            }.OfType<string>()) + ". Are they of one competition?");
    }

    static Table Features(Table train, Table test, string? id, Func<DataFrame, DataFrame>? features, ColumnOptions options)
    {
        var both = train.Stack(test);
        if (id is not null && both.Find(id) is TextValues texts)
        {
            if (Levels.AreNumbers([.. texts.Texts.ToArray().OfType<string>()])) both = both.With(texts.As(ColumnKind.Number));      // many features sort by it, or take its last digits
            else if (texts.ReadsAsDates()) both = both.With(texts.As(ColumnKind.Date));                                             // rows named by their hour or day
        }
        if (features is null) return both;
        var made = features(both.ToDataFrame()).ToTable("the features", options.Kinds);
        if (made.Rows != both.Rows)
            throw new InputException($"The features have {made.Rows} rows, the files {both.Rows} ({train.Rows} of train, then {test.Rows} of test); a feature may change no row's number or place.");
        return made;
    }
}
