using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>What of each user's rows a learner of rankings is shown, and what it has to find among all items.</summary>
/// <param name="All">Who had what.</param>
/// <param name="Known">Rows that are learned from.</param>
/// <param name="Hidden">Rows to be found.</param>
public sealed record RankingTrial(Dataset All, int[] Known, int[] Hidden)
{
    const double Share = 0.75;

    /// <summary>Of each user three rows in four are known, drawn: the protocol of recommenders-team/recommenders.</summary>
    public static RankingTrial Drawn(Dataset all, string user, int seed)
    {
        var random = new Random(seed);
        var (known, hidden) = (new List<int>(), new List<int>());
        foreach (var ofUser in OfUsers(all, user))
        {
            random.Shuffle(ofUser);
            var cut = (int)Math.Round(ofUser.Length * Share);
            known.AddRange(ofUser[..cut]);
            hidden.AddRange(ofUser[cut..]);
        }
        return new(all, [.. known], [.. hidden]);
    }

    /// <summary>All but each user's last row in time is known: the protocol of papers on sequences. A user with one row keeps it.</summary>
    /// <exception cref="InputException">The rows have no time.</exception>
    public static RankingTrial WithoutTheLast(Dataset all, string user)
    {
        var time = all.Time ?? throw new InputException("The last of each user's rows cannot be told: the rows have no time; name its column (Columns = new() { Time = \"…\" }).");
        int[] last = [.. OfUsers(all, user).Where(rows => rows.Length > 1).Select(rows => rows.MaxBy(row => (time.Span[row], row)))];
        return new(all, [.. Enumerable.Range(0, all.Rows).Except(last)], last);
    }

    /// <summary>Fits the learner to what is known, and judges its lists.</summary>
    /// <param name="learner">One whose models rank items.</param>
    /// <param name="places">How many items a list names.</param>
    /// <param name="context">Seed, threads, device.</param>
    public TopListScores Judge(ILearner learner, int places, FitContext context)
    {
        using var model = learner.Fit(All.Take(Known), null, context);
        var ranks = Ranks(learner, model);
        var (seen, _) = Events(ranks.Names, All.Take(Known));
        var (_, wanted) = Events(ranks.Names, All.Take(Hidden));
        var had = new int[ranks.Names.Items.Length];
        for (var user = 0; user < seen.Count; user++)
            foreach (var item in seen.Others(user)) had[item]++;
        return TopListScores.Of(TopItems.Of(ranks, seen, places, context.Threads, context.Cancel), wanted, places, had);
    }

    /// <summary>Fits the learner to all rows.</summary>
    /// <returns>The names, and by users' places the items that suit them best and that they did not have, the best first.</returns>
    public static (RatedNames Names, int[][] Lists) Best(ILearner learner, Dataset all, int places, FitContext context)
    {
        using var model = learner.Fit(all, null, context);
        var ranks = Ranks(learner, model);
        return (ranks.Names, TopItems.Of(ranks, Events(ranks.Names, all).Seen, places, context.Threads, context.Cancel));
    }

    static IRanksItems Ranks(ILearner learner, IModel model) => model as IRanksItems ?? throw new InputException($"{learner.Name} ranks no items; Ease, ImplicitAls and others do.");

    static IEnumerable<int[]> OfUsers(Dataset all, string user) => Enumerable.Range(0, all.Rows).GroupBy(row => all.Codes(user).Span[row]).OrderBy(g => g.Key).Select(g => g.ToArray());

    /// <summary>By place; an item that training did not meet cannot be named, yet counts as one to be found.</summary>
    static (RatedLists Seen, IReadOnlyList<IReadOnlySet<int>> Wanted) Events(RatedNames names, Dataset rows)
    {
        var (users, items) = names.Places(rows);
        var wanted = names.Users.Select(_ => new HashSet<int>()).ToArray();
        for (var row = 0; row < users.Length; row++)
            if (users[row] >= 0) wanted[users[row]].Add(items[row] >= 0 ? items[row] : -1 - row);
        int[] known = [.. Enumerable.Range(0, users.Length).Where(row => users[row] >= 0 && items[row] >= 0)];
        return (RatedLists.Of(names.Users.Length, [.. known.Select(r => users[r])], [.. known.Select(r => items[r])], new float[known.Length]), wanted);
    }
}
