using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;
using Kaggle.Core.Submissions;

namespace Kaggle.Core.Commands;

/// <summary>Predicts new rows with the models that a finished run left in its units.</summary>
static class PredictCommand
{
    public static int Run(Session session, string file, string to, string? run, CancellationToken stop)
    {
        var folder = RunFolder.Named(session.RunsFolder, run ?? Newest(session));
        var document = folder.Read()!;
        var fresh = session.WithTest(file);
        var experiment = Experiments.Of(fresh);
        var store = new UnitStore(Path.Combine(session.RunsFolder, "units"));
        var context = new FitContext { Device = session.Options.Device, Threads = Environment.ProcessorCount, Cancel = stop };
        var members = FinishedRun.Members(document, experiment, store)
            .Select(member => member.WithTest(Predict(member, experiment, context)))
            .ToList();
        var standing = new Standing(session.Competition, experiment, members);
        var answers = experiment.Train.Answers;
        var data = fresh.Data;
        var form = SubmissionForm.Of(data.IdColumn, OutputColumns.Submitted(answers, session.Competition.Metric.Need), data.TestIds, answers, session.Competition.Metric.Need);
        SubmissionFile.Write(Path.GetFullPath(to), form, form.Rows(answers, standing.Decided));
        session.Terminal.Result($"{data.TestIds.Count} rows predicted by {standing.Best.Name} of run {folder.Run}: {Path.GetFullPath(to)}");
        return Outcome.Done;
    }

    static string Newest(Session session) =>
        RunFolder.All(session.RunsFolder).LastOrDefault(r => r.Read() is { Status: "finished" })?.Run
            ?? throw new InputException($"There is no finished run in {session.RunsFolder} to predict with.");

    static Predictions Predict(OutOfFold member, Experiment experiment, FitContext context) =>
        Predictions.Mean([.. member.Units.Select(unit =>
        {
            context.Cancel.ThrowIfCancellationRequested();
            var rows = UnitRunner.Encoders(unit.Result.ModelFolder).Transform(experiment.Test!);
            using var model = member.Learner.Load(unit.Result.ModelFolder, context);
            var learned = model.Predict(rows);
            if (member.Views is { Taken: true }) learned = TestTimeViews.Blend(model, rows, learned) ?? learned;
            var scale = experiment.Train.Answers.Scale;
            return scale == Scale.Same || learned.Kind != OutputKind.Values ? learned : new(learned.Kind, learned.Values.Map(x => scale.Back(x)));
        })]);
}
