using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Lets the competition's rankers find rows kept from them, and writes for each user the items that the best of them names.</summary>
static class RecommendCommand
{
    public const string Drawn = "drawn", Last = "last";

    /// <param name="session">Its competition declares <see cref="Competition.Rankers"/>.</param>
    /// <param name="places">How many items of each user.</param>
    /// <param name="kept">What is kept from the rankers: <see cref="Drawn"/> or <see cref="Last"/>.</param>
    /// <param name="stop">Ends it; nothing is written then.</param>
    public static int Run(Session session, int places, string kept, CancellationToken stop)
    {
        var competition = session.Competition;
        var rankers = competition.Rankers.Where(r => session.Options.Learners.IsEmpty || session.Options.Learners.Contains(r.Name)).ToList();
        if (rankers.Count == 0)
            throw new InputException(competition.Rankers.IsEmpty
                ? $"{session.Name} declares nobody who ranks items (Rankers = [new Ease(), …])."
                : $"{session.Name} has no ranker of that name; it has {string.Join(", ", competition.Rankers.Select(r => r.Name))}.");
        var rows = session.Data.Train;
        var context = new FitContext { Seed = session.Options.Seed, Device = session.Options.Device, Threads = Environment.ProcessorCount, Cancel = stop };
        var trial = kept == Last ? RankingTrial.WithoutTheLast(rows, competition.User) : RankingTrial.Drawn(rows, competition.User, session.Options.Seed);

        var grid = new Grid().Left("ranker").Right($"nDCG@{places}").Right("recall").Right("precision").Right("MAP").Right("MRR").Right("hit rate").Right("coverage").Right("novelty");
        (ILearner Ranker, TopListScores Scores)? best = null;
        foreach (var ranker in rankers)
        {
            session.Terminal.Line($"{ranker.Name} looks for {trial.Hidden.Length} of {rows.Rows} rows");
            var s = trial.Judge(ranker, places, context);
            if (best is null || s.Ndcg > best.Value.Scores.Ndcg) best = (ranker, s);
            grid.Row([ranker.Name, .. new[] { s.Ndcg, s.Recall, s.Precision, s.Map, s.Mrr, s.HitRate, s.Coverage, s.Novelty }.Select(Figures.Score)]);
        }
        session.Terminal.Show(grid);

        var (names, lists) = RankingTrial.Best(best!.Value.Ranker, rows, places, context);
        var path = Path.Combine(session.SubmissionsFolder, $"{session.Name}-{session.Clock.GetLocalNow():yyyyMMdd-HHmmss}-top{places}.csv");
        WholeFile.WriteCsv(path, [names.User, "place", names.Item], lists.SelectMany((list, user) =>
            list.Select((item, place) => new[] { names.Users[user], (place + 1).ToString(CultureInfo.InvariantCulture), names.Items[item] })));
        session.Terminal.Result($"The {places} best of {names.Items.Length} items for each of {names.Users.Length} users, by {best.Value.Ranker.Name}: {path}");
        return Outcome.Done;
    }
}
