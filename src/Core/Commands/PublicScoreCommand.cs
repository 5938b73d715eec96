using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>Writes down what the public leaderboard said of a run's submission, and whether the validation would have expected it.</summary>
static class PublicScoreCommand
{
    public static int Run(Session session, double score, string? run)
    {
        var folder = RunFolder.Named(session.RunsFolder, run);
        var document = folder.Read()!;
        var scores = document.Ensemble is { } ensemble && document.Best?.Name == ensemble.Name
            ? ensemble.FoldScores
            : [.. document.Learners.Where(l => l.Name == document.Best?.Name).SelectMany(l => l.Units).Select(u => u.Score)];
        var doubt = ScoreDoubts.PublicScore(scores, score, document.Metric.HigherIsBetter);
        var others = document.Warnings.Where(w => w.Code != "far-from-public-score");
        folder.Write(document with { PublicScore = score, Warnings = doubt is null ? [.. others] : [doubt, .. others] });
        RunReport.Write(folder.FullPath);
        session.Terminal.Result($"{folder.Run}: public score {Figures.Score(score)}, validation {Figures.Score(document.Best?.Score ?? double.NaN)}.");
        if (doubt is not null) session.Terminal.Result(doubt.Sentence);
        return Outcome.Done;
    }
}
