using System.CommandLine;
using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>Where the command line gets its competition from: a declaration, or the files themselves.</summary>
public interface ICompetitionSource
{
    /// <summary>Known before any file is read: names folders and stands in the help.</summary>
    string Name { get; }

    string Question { get; }

    /// <summary>Options beside those that every competition has.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <summary>Makes the embedded sample's files; null when there is none.</summary>
    Func<IReadOnlyList<SampleFile>>? Sample { get; }

    /// <summary>How files that are not train.csv and test.csv become tables; null: only those count.</summary>
    /// <param name="parsed">For the values of <see cref="Options"/>.</param>
    IFileLayout? Layout(ParseResult parsed) => null;

    /// <summary>The folder's names under KAGGLE_DATA; empty: the kebab form of <see cref="Name"/>.</summary>
    IReadOnlyList<string> DataFolders => [];

    /// <summary>What to give it instead of the sample, one sentence; null: the competition of Kaggle's that the first of <see cref="DataFolders"/> names.</summary>
    string? RealFiles => null;

    /// <param name="parsed">For the values of <see cref="Options"/>.</param>
    /// <param name="files">Where the data lies.</param>
    /// <param name="budget">When the run will be ended, for those who choose by it; null: when it is done.</param>
    Competition Declare(ParseResult parsed, CompetitionFiles files, TimeSpan? budget);
}

sealed class DeclaredCompetition(Competition competition) : ICompetitionSource
{
    readonly Option<bool> skip = new("--skip-bad-images") { Description = "Leave broken pictures out of training, and predict them as grey ones" };

    public Competition Competition => competition;

    public string Name => competition.Name;

    public string Question => competition.Question;

    public IReadOnlyList<Option> Options => competition.Layout?.Lenient is null ? [] : [skip];

    public IFileLayout? Layout(ParseResult parsed) => competition.Layout?.Lenient is { } lenient && parsed.GetValue(skip) ? lenient : competition.Layout;

    public IReadOnlyList<string> DataFolders => competition.DataFolders;

    public Func<IReadOnlyList<SampleFile>>? Sample => competition.Sample;

    public string? RealFiles => competition.RealFiles;

    public Competition Declare(ParseResult parsed, CompetitionFiles files, TimeSpan? budget) => competition;
}
