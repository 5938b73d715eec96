using System.Diagnostics;
using System.Threading.Channels;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;
using Kaggle.Core.Submissions;

namespace Kaggle.Core.Commands;

/// <summary>A whole run: cross-validation, then ensemble, submission, analysis and report, each written as soon as it is known.</summary>
sealed class CompetitionRun
{
    const int SmallTable = 2_000_000;                          // cells: below, one core a unit beats several cores on one unit

    const int PictureCells = 20_000;                           // a picture is no small cell

    readonly Session session;
    readonly Competition competition;
    readonly CompetitionData data;
    readonly Scoring scoring;
    readonly UnitStore store;
    readonly SubmissionForm? form;
    readonly RunNotes notes;
    readonly Stopwatch clock = Stopwatch.StartNew();
    bool inspected;
    readonly Dictionary<string, List<FinishedUnit>> finished = [];

    public CompetitionRun(Session session)
    {
        this.session = session;
        (competition, data) = (session.Competition, session.Data);
        Experiment = Experiments.Of(session);
        scoring = Scoring.Plain(competition.Metric, data.Train.Answers);
        form = Forms.Of(competition, data);
        notes = new(session, Experiment);
        Folder = RunFolder.FindOrCreate(session.RunsFolder, notes.Identity, session.Options.Label, notes.Started);
        store = new(Path.Combine(session.RunsFolder, "units"));
    }

    public RunFolder Folder { get; }

    public Experiment Experiment { get; }

    /// <summary>The run as an earlier call left it, if that call saw its end.</summary>
    public RunDocument? Finished() => Folder.Read() is { Status: "finished" } document && File.Exists(Folder.ReportPath) ? document : null;

    /// <param name="observer">Told of units and of learners that are whole.</param>
    /// <param name="stop">Ctrl-C: the run is closed with what is finished.</param>
    /// <returns>The run's last run.json.</returns>
    /// <exception cref="InputException">Nothing was finished in time.</exception>
    public async Task<RunDocument> RunAsync(IRunObserver observer, CancellationToken stop)
    {
        Folder.WriteFolds(data.TrainIds, Experiment.Folds);
        Folder.Write(notes.Document(Folder, "running", null, clock.Elapsed));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (session.Options.Budget is { } budget) deadline.CancelAfter(budget);
        var status = "finished";
        try
        {
            await Task.Run(() => NeededFiles.Fetch(Experiment.Learners, observer.Fetched, deadline.Token), deadline.Token);
            await CrossValidateAsync(observer, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            status = "stopped";
        }
        catch
        {
            Folder.Write(notes.Document(Folder, "failed", null, clock.Elapsed));
            throw;
        }
        if (Whole() is not { Count: > 0 } members)
        {
            Folder.Write(notes.Document(Folder, "stopped", null, clock.Elapsed));
            stop.ThrowIfCancellationRequested();
            throw new InputException("No learner had all its folds when the time was over; give a longer --budget. What was finished stays.");
        }
        if ((session.Options.Retrain || competition.Retrain) && status == "finished") members = await RetrainAsync(members, observer, deadline.Token);
        return Close(members, status, observer);
    }

    async Task CrossValidateAsync(IRunObserver observer, CancellationToken cancel)
    {
        var cores = Environment.ProcessorCount;
        var cells = (long)data.Train.Rows * Math.Max(1, data.Train.Columns.Sum(c => c.Kind == ColumnKind.Image ? PictureCells : 1));
        var jobs = session.Options.Jobs ?? (cells <= SmallTable && Experiment.Device == Device.Cpu ? cores : 1);
        // Standings are worked out beside the training, the newest only: blending must not hold up the next fold.
        var whole = Channel.CreateBounded<IReadOnlyList<OutOfFold>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var writing = Task.Run(async () =>
        {
            await foreach (var members in whole.Reader.ReadAllAsync(CancellationToken.None)) Publish(members, "running");
        }, CancellationToken.None);
        try
        {
            // The guard takes its turn among the units: beside them, it would be one thread more than there are cores.
            await new CrossValidation(Experiment, store)
                .RunAsync(jobs, cores, new Listener(this, observer, whole.Writer), cancel, beside: context => Inspect(context, observer));
        }
        finally
        {
            whole.Writer.Complete();
            await writing;
        }
    }

    void Inspect(FitContext context, IRunObserver observer)
    {
        notes.Warnings = [.. Guard.Inspect(session, Experiment, context)];
        inspected = true;
        observer.Warned(notes.Warnings);
    }

    async Task<List<OutOfFold>> RetrainAsync(List<OutOfFold> members, IRunObserver observer, CancellationToken cancel)
    {
        var retrained = new List<OutOfFold>();
        foreach (var member in members)
        {
            observer.Note($"{member.Learner.Name}: training on all rows");
            var test = await Task.Run(() => Retraining.Of(Experiment, member, store, Environment.ProcessorCount, cancel), cancel);
            retrained.Add(member.WithTest(test));
        }
        return retrained;
    }

    RunDocument Close(List<OutOfFold> members, string status, IRunObserver observer)
    {
        if (!inspected) Inspect(new() { Threads = Environment.ProcessorCount }, observer);      // stopped before its turn
        var standing = Publish(members, "running", gains: true);
        observer.Note("Looking into the predictions for the report");
        WholeFile.WriteText(Folder.AnalysisPath, Analyses.Of(session, Experiment, standing, CancellationToken.None).ToJson());
        var document = notes.Document(Folder, status, standing, clock.Elapsed, SubmissionNote(standing));
        Folder.Write(document);
        RunReport.Write(Folder.FullPath);
        return document;
    }

    /// <summary>Writes all that follows from the learners that are whole: predictions, the best submission so far, run.json.</summary>
    Standing Publish(IReadOnlyList<OutOfFold> members, string status, bool gains = false)
    {
        var standing = new Standing(competition, Experiment, members, gains);
        var outputs = OutputColumns.Of(data.Train.Answers);
        foreach (var member in members)
            Folder.WritePredictions(member.Learner.Name, outputs, data.TrainIds, member.Predictions, data.TestIds, member.Test);
        var note = SubmissionNote(standing);
        if (note is not null) WriteSubmission(standing);
        Folder.Write(notes.Document(Folder, status, standing, clock.Elapsed, note));
        return standing;
    }

    SubmissionNote? SubmissionNote(Standing standing) =>
        form is null || standing.Test is null || Experiment.Folds.Count == 1 && session.Options.Fold is not null
            ? null
            : new(SubmissionCopy, form.Ids.Length);

    string SubmissionCopy => Path.Combine(session.SubmissionsFolder, $"{competition.Name}-{Folder.Run}.csv");

    void WriteSubmission(Standing standing)
    {
        var rows = form!.Rows(data.Train.Answers, Forms.InSampleOrder(data, form, standing.Decided)).ToList();
        SubmissionFile.Write(Folder.SubmissionPath, form, rows);
        SubmissionFile.Write(SubmissionCopy, form, rows);
    }

    /// <summary>The learners that have all their units, in the order of the declaration.</summary>
    List<OutOfFold> Whole()
    {
        var units = Experiment.Seeds.Length * Experiment.Folds.Count;
        lock (finished)
            return
            [
                .. Experiment.Learners
                    .Where(l => finished.TryGetValue(l.Name, out var done) && done.Count == units)
                    .Select(l => OutOfFold.Of(l, [.. finished[l.Name].OrderBy(u => u.Unit.Seed).ThenBy(u => u.Unit.Fold.Number)], Experiment)),
            ];
    }

    sealed class Listener(CompetitionRun run, IRunObserver observer, ChannelWriter<IReadOnlyList<OutOfFold>> whole) : IUnitObserver
    {
        public void Started(Unit unit) => observer.Started(unit);

        public void Progressed(Unit unit, FitProgress progress) => observer.Progressed(unit, progress);

        public void Finished(FinishedUnit finished, bool cached)
        {
            var (unit, result) = finished;
            var score = run.scoring.Score(result.Validation, run.Experiment.Train.Take(unit.Fold.Validation));
            run.Folder.Log(run.session.Clock.GetLocalNow(), FormattableString.Invariant(
                $"{unit.Learner.Name} seed {unit.Seed} fold {unit.Fold.Number + 1}: {score:F5} in {result.Seconds:F1} s{(cached ? " (found finished)" : "")}"));
            observer.Finished(finished, score, cached);
            int done;
            lock (run.finished)
            {
                if (!run.finished.TryGetValue(unit.Learner.Name, out var units)) run.finished[unit.Learner.Name] = units = [];
                units.Add(finished);
                done = units.Count;
            }
            if (done == run.Experiment.Seeds.Length * run.Experiment.Folds.Count) whole.TryWrite(run.Whole());
        }
    }
}
