using System.CommandLine;
using System.Globalization;
using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Validation;
using Scores = Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Commands;

/// <summary>A learner that cannot do without a file, in whole runs.</summary>
public sealed class NeededFilesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("needed-").FullName;

    public NeededFilesTests()
    {
        File.WriteAllLines(Path.Combine(folder, "train.csv"), Enumerable.Range(1, 40).Select(i => $"{i},{i % 7},{i % 5}").Prepend("id,x,y"));
        File.WriteAllLines(Path.Combine(folder, "test.csv"), Enumerable.Range(41, 9).Select(i => $"{i},{i % 7}").Prepend("id,x"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_come_once_before_any_unit_and_the_run_s_observer_hears_of_them()
    {
        var heard = new Heard();
        var document = await Run(new Weights("a"), heard).RunAsync(heard, TestContext.Current.CancellationToken);

        Assert.Equal("finished", document.Status);
        Assert.Equal(["fetched a: 1 of 2", "fetched a: 2 of 2", "started"], heard.All.Take(3));
        Assert.Equal(2, heard.All.Count(said => said.StartsWith("fetched", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_download_ends_with_the_budget()
    {
        var heard = new Heard();
        var error = await Assert.ThrowsAsync<InputException>(() => Run(new Weights("a") { Endless = true }, heard, TimeSpan.FromMilliseconds(300)).RunAsync(heard, TestContext.Current.CancellationToken));

        Assert.Contains("--budget", error.Message);
        Assert.DoesNotContain("started", heard.All);
    }

    [Fact]
    public async Task A_download_ends_with_an_interrupt()
    {
        using var stop = new CancellationTokenSource(300);
        var heard = new Heard();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(new Weights("a") { Endless = true }, heard).RunAsync(heard, stop.Token));
        Assert.DoesNotContain("started", heard.All);
    }

    [Fact]
    public async Task Units_fitted_with_other_files_of_the_same_settings_are_not_taken()
    {
        var (first, same, other) = (new Heard(), new Heard(), new Heard());
        await Run(new Weights("a"), first).RunAsync(first, TestContext.Current.CancellationToken);
        await Run(new Weights("a"), same).RunAsync(same, TestContext.Current.CancellationToken);
        await Run(new Weights("a") { Holds = "other bytes" }, other).RunAsync(other, TestContext.Current.CancellationToken);

        Assert.Equal((2, 0, 2), (first.All.Count(said => said == "started"), same.All.Count(said => said == "started"), other.All.Count(said => said == "started")));
    }

    [Fact]
    public void Files_are_found_wherever_they_stand_among_the_settings()
    {
        ILearner learner = new Wrapping { Inner = new Needing { From = new Weights("a") }, More = [new Needing { From = new Weights("b") }] };

        Assert.Equal(["a", "b"], UnitKey.Files(learner).Cast<Weights>().Select(w => w.Name));
        Assert.Contains("\"content\":\"bytes of a\"", UnitKey.Settings(learner).ToJsonString());
        Assert.Empty(UnitKey.Files(new Needing()));
    }

    [Fact]
    public void A_download_is_told_in_a_line_for_each_quarter()
    {
        List<string> said = [];
        var lines = new FetchedLines(said.Add, TimeProvider.System);

        for (var bytes = 0L; bytes <= 40_000_000; bytes += 1_000_000) lines.Fetched(new("net.pth", bytes, 40_000_000));
        lines.Fetched(new("unknown.pth", 5, null));

        Assert.Equal(["Downloading net.pth, 40.0 MB", "net.pth: 10.0 MB of 40.0 MB", "net.pth: 20.0 MB of 40.0 MB", "net.pth: 30.0 MB of 40.0 MB", "net.pth: 40.0 MB of 40.0 MB", "Downloading unknown.pth"],
            said.Select(line => line.Split(", ") is [var start, .. var rest] && rest.LastOrDefault()?.EndsWith("left", StringComparison.Ordinal) == true ? start : line));
    }

    [Fact]
    public void The_bars_of_a_live_run_take_in_a_download_of_known_length_and_one_of_unknown()
    {
        var heard = new Heard();
        var run = Run(new Weights("a"), heard);
        using var live = new LiveProgress(new Terminal(quiet: false), run.Experiment, TimeProvider.System);

        foreach (var bytes in new[] { 0L, 5, 10 }) live.Fetched(new("net[1].pth", bytes, 10));
        live.Fetched(new("unknown.pth", 3, null));
        live.Fetched(new("unknown.pth", 4, 4));

        live.Started(run.Experiment.Units(run.Experiment.Learners[0]).First());
    }

    CompetitionRun Run(Weights weights, Heard heard, TimeSpan? budget = null)
    {
        weights.Told = heard;
        var competition = new Competition
        {
            Name = "Needing", Question = "?", Target = Target.Number("y"), Metric = Scores.Rmse, Folds = Folds.Shuffled(2, seed: 1), Learners = [new Needing { From = weights }],
        };
        return new(new Session(new DeclaredCompetition(competition), new RootCommand().Parse([]), new RunOptions { Data = folder, Out = Path.Combine(folder, "out"), Quiet = true, Budget = budget, Jobs = 1 }));
    }

    sealed record Weights(string Name) : IFollowsFromFiles
    {
        internal Heard? Told;

        internal string Holds = "bytes of " + Name;

        internal bool Endless;

        string IFollowsFromFiles.Content => Holds;

        void IFollowsFromFiles.Fetch(IProgress<FetchProgress> progress, CancellationToken cancel)
        {
            progress.Report(new(Name, 1, 2));
            if (Endless) cancel.WaitHandle.WaitOne();
            cancel.ThrowIfCancellationRequested();
            progress.Report(new(Name, 2, 2));
        }
    }

    sealed record Needing : ILearner
    {
        public string Name { get; init; } = nameof(Needing);

        public IFollowsFromFiles? From { get; init; }

        public ColumnKind Uses => ColumnKind.Number;

        public bool Learns(TaskKind task) => true;

        public bool StopsEarly => false;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context) => new Constant();

        public IModel Load(string folder, FitContext context) => new Constant();
    }

    sealed record Wrapping : ILearner
    {
        public string Name => "wrapping";

        public required ILearner Inner { get; init; }

        public IReadOnlyList<ILearner> More { get; init; } = [];

        public ColumnKind Uses => Inner.Uses;

        public bool Learns(TaskKind task) => true;

        public bool StopsEarly => false;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context) => Inner.Fit(train, validation, context);

        public IModel Load(string folder, FitContext context) => Inner.Load(folder, context);
    }

    sealed class Constant : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows) => new(OutputKind.Values, new(new float[rows.Rows], 1));

        public void Save(string folder) { }

        public void Dispose() { }
    }

    sealed class Heard : IRunObserver
    {
        public List<string> All { get; } = [];

        public void Fetched(FetchProgress progress) => All.Add(string.Create(CultureInfo.InvariantCulture, $"fetched {progress.Name}: {progress.Bytes} of {progress.Of}"));

        public void Started(Unit unit) => All.Add("started");

        public void Progressed(Unit unit, FitProgress progress) { }

        public void Finished(FinishedUnit finished, double score, bool cached) { }

        public void Note(string text) { }

        public void Warned(IReadOnlyList<Warning> warnings) { }

        public void Dispose() { }
    }
}
