using System.CommandLine;
using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>One call of the program: its competition, options, folders and clock.</summary>
sealed class Session(ICompetitionSource source, ParseResult parsed, RunOptions options)
{
    CompetitionFiles? files;
    Competition? competition;
    CompetitionData? data;

    public RunOptions Options => options;

    public string Name => source.Name;

    public Terminal Terminal { get; } = new(options.Quiet);

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>runs/&lt;Name&gt;.</summary>
    public string RunsFolder => Path.Combine(options.Out, "runs", source.Name);

    public string SubmissionsFolder => Path.Combine(options.Out, "submissions");

    /// <summary>Where the data lies; a sample says so when it is first asked for.</summary>
    public CompetitionFiles Files => files ??= Announce(CompetitionFiles.Find(source.Name, new()
    {
        Data = options.Data,
        KaggleData = Environment.GetEnvironmentVariable("KAGGLE_DATA"),
        Project = Path.Combine(RepositoryRoot.Find(), "competitions", source.Name),
        Program = AppContext.BaseDirectory,
    }, source.DataFolders, Layout, source.RealFiles));

    /// <summary>The declaration, options applied.</summary>
    public Competition Competition => competition ??= WithFiles(FoldsOption.Apply(source.Declare(parsed, Files, options.Budget), options.Folds));

    /// <summary>Makes the embedded sample's files; null when there is none.</summary>
    public Func<IReadOnlyList<SampleFile>>? Sample => source.Sample;

    /// <summary>How the files became tables; null: they are tables.</summary>
    public IFileLayout? Layout => source.Layout(parsed);

    /// <summary>The data, read once.</summary>
    public CompetitionData Data => data ??= Subset.Of(Told(CompetitionData.Read(Files, Competition.Target, Competition.Id, Competition.Features, Competition.Columns)), options.Subset);

    OtherFiles Others => field ??= new([.. new[]
    {
        Environment.GetEnvironmentVariable("KAGGLE_DATA"),
        Path.Combine(RepositoryRoot.Find(), "competitions", source.Name, "data"),
    }.OfType<string>().Where(folder => folder.Length > 0)]);

    /// <returns>A session over the same training rows whose test rows are those of another file.</returns>
    public Session WithTest(string file) =>
        new(source, parsed, options) { files = Files with { Test = TableSource.At(file), SampleSubmission = null, Solution = null } };

    Competition WithFiles(Competition declared) =>
        declared.FeaturesFromFiles is { } features ? declared with { Features = frame => features(frame, Others) } : declared;

    /// <summary>What was not found is known once the features are made.</summary>
    CompetitionData Told(CompetitionData read)
    {
        foreach (var sentence in Others.Missing) Terminal.Line(sentence);
        return read with { Warnings = [.. read.Warnings, .. Others.Missing.Select(sentence => new Warning("note", "missing-file", sentence))] };
    }

    CompetitionFiles Announce(CompetitionFiles found)
    {
        Terminal.Line(found.Said);
        return found;
    }
}
