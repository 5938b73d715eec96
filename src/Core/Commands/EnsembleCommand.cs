using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;
using Kaggle.Core.Submissions;

namespace Kaggle.Core.Commands;

/// <summary>Blends the learners of finished runs on the same folds into one submission.</summary>
static class EnsembleCommand
{
    public static int Run(Session session, IReadOnlyList<string> runs)
    {
        var folders = runs.Count > 0
            ? runs.Select(r => RunFolder.Named(session.RunsFolder, r)).DistinctBy(r => r.Run).ToList()
            : RunFolder.All(session.RunsFolder).Where(r => r.Read() is { Status: "finished" }).ToList();
        if (folders.Count == 0) throw new InputException($"There is no finished run in {session.RunsFolder} to blend.");
        var experiment = Experiments.Of(session);
        var store = new UnitStore(Path.Combine(session.RunsFolder, "units"));
        var members = new Dictionary<string, OutOfFold>();
        foreach (var folder in folders)
            foreach (var member in FinishedRun.Members(folder.Read()!, experiment, store))
                members[string.Join(' ', member.Units.Select(u => u.Unit.Key))] = member;         // the same units in two runs count once
        var standing = new Standing(session.Competition, experiment, [.. members.Values], gains: true);
        foreach (var (member, scores) in standing.Members.Zip(standing.Scores))
            session.Terminal.Line($"{member.Learner.Name}: {Figures.Score(scores.Mean)} ± {Figures.Score(scores.Sd)}");
        session.Terminal.Result($"Best: {standing.Best.Name}, {session.Competition.Metric.Name} {Figures.Score(standing.Best.Score)} out of fold, of {members.Count} learners in {folders.Count} runs");
        if (Forms.Of(session.Competition, session.Data) is { } form && standing.Test is not null)
        {
            var path = Path.Combine(session.SubmissionsFolder, $"{session.Name}-{session.Clock.GetLocalNow():yyyyMMdd-HHmmss}-ensemble.csv");
            var answered = Forms.InSampleOrder(session.Data, form, standing.Decided);
            SubmissionFile.Write(path, form, form.Rows(session.Data.Train.Answers, answered));
            session.Terminal.Result($"Submission: {path} ({form.Ids.Length} rows)");
        }
        return Outcome.Done;
    }
}
