using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>Who is predicted well and who is not, and what the factors say of the items.</summary>
sealed record RatingsSection(
    string About, IReadOnlyList<Fact> Facts, string? Strangers, IReadOnlyList<KnownRow> Known, IReadOnlyList<ChartFigure> Plots, IReadOnlyList<UserRow> Hardest,
    IReadOnlyList<NeighbourRow> Neighbours, ChartFigure? Map, IReadOnlyList<DirectionRow> Directions) : Section("ratings", "Users and items")
{
    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Ratings: { } ratings } analysis) return null;
        var worst = ratings.Known.Max(k => k.Rmse);
        return new RatingsSection(
            $"Out-of-fold predictions of {analysis.Of}, by whom ({ratings.User}) and of what ({ratings.Item}). Bias is prediction less truth.",
            [new("Users", Wording.Count(ratings.Users)), new("Items", Wording.Count(ratings.Items)), new("Judged", Wording.Count(ratings.Known.Sum(k => k.Rows)))],
            Sentence(ratings),
            [.. ratings.Known.Select(k => new KnownRow(Called(k), Wording.Count(k.Rows), new(Wording.Score(k.Rmse), Wording.Width(worst > 0 ? k.Rmse / worst : 0)), Wording.Signed(k.Bias)))],
            [.. new[] { ByCount("Popularity against accuracy", "items", ratings.Popularity), ByCount("Activity against accuracy", "users", ratings.Activity), PerUser(ratings) }.OfType<ChartFigure>()],
            [.. ratings.Hardest.Select(u => new UserRow(u.Name, Wording.Count(u.Ratings), Wording.Score(u.Rmse), Wording.Signed(u.Bias)))],
            ratings.Likeness is null ? [] : [.. ratings.Likeness.Neighbours.Select(n => new NeighbourRow(n.Name, Wording.Count(n.Ratings), [.. n.Near.Select(near => new Shaded(near.Name, Wording.Width(near.Cosine)))]))],
            ratings.Likeness is null ? null : Mapped(ratings.Likeness),
            ratings.Likeness is null ? [] : [.. ratings.Likeness.Directions.Select((d, i) => new DirectionRow($"{i + 1}", Wording.Percent(d.Share), string.Join(" · ", d.Low), string.Join(" · ", d.High)))]);
    }

    static string? Sentence(RatingsAnalysis ratings) => ratings.Strangers is not { } test ? null : (test.NewUser, test.NewItem) switch
    {
        (0, 0) => $"Every user and item of the {Wording.Count(test.Rows)} test rows stands in training rows too.",
        var (users, items) => $"Of the {Wording.Count(test.Rows)} test rows {Wording.Count(users)} are of users and {Wording.Count(items)} of items that no training row has: compare the errors below.",
    };

    static string Called(KnownErrors of) => (of.UserKnown, of.ItemKnown) switch
    {
        (true, true) => "both known",
        (true, false) => "item new",
        (false, true) => "user new",
        _ => "both new",
    };

    static ChartFigure? ByCount(string title, string of, IReadOnlyList<CountErrors> bins)
    {
        if (bins.Count < 2) return null;
        (double X, CountErrors Bin)[] at = [.. bins.Select(b => (Math.Sqrt((double)Math.Max(1, b.From) * Math.Max(1, b.To)), b))];
        var (low, high) = (at[0].X, Math.Max(at[^1].X, at[0].X * 1.01));
        var room = Math.Pow(high / low, 0.04);
        return new(title, $"root mean squared error and bias by how many ratings the {of} have; a bin holds as many rows as another",
            new Plot(title, Axis.Logarithmic($"ratings of the {of}", low / room, high * room), Axis.Linear("error", Math.Min(0, bins.Min(b => b.Bias)) * 1.1, bins.Max(b => b.Rmse) * 1.1, 4))
                .Line("guide", [(low / room, 0), (high * room, 0)])
                .Line("line c1", at.Select(p => (p.X, p.Bin.Rmse))).Dots("dots c1", at.Select(p => (p.X, p.Bin.Rmse)))
                .Line("line c2", at.Select(p => (p.X, p.Bin.Bias))).Dots("dots c2", at.Select(p => (p.X, p.Bin.Bias))),
            [new("dots c1", "RMSE"), new("dots c2", "bias")]);
    }

    static ChartFigure? PerUser(RatingsAnalysis ratings) => ratings.PerUser is not { } spread ? null
        : new("Error of each user", $"users with {RatingsAnalysis.LeastRows} judged rows or more",
            new Plot("Error of each user", Axis.Linear("root mean squared error", spread.Edges[0], spread.Edges[^1], 4), Axis.Linear("share of users, %", 0, spread.Train.Max() * 105, 4))
                .Bars("fill c1", spread.Edges, [.. spread.Train.Select(s => s * 100)]), []);

    static ChartFigure Mapped(ItemLikeness of)
    {
        (double Low, double High) Reach(Func<MappedItem, double> side)
        {
            var (low, high) = (of.Map.Min(side), of.Map.Max(side));
            var room = high > low ? (high - low) * 0.08 : 1;
            return (low - room, high + room);
        }
        var (x, y) = (Reach(m => m.X), Reach(m => m.Y));
        return new("Map of the items", $"the {of.Map.Count} with most ratings, by the first two directions of their factors; near is alike; the best known are named where there is room",
            new Plot("Map of the items", Axis.Bare(x.Low, x.High), Axis.Bare(y.Low, y.High), width: 520, height: 420)
                .Dots("small c1", of.Map.Select(m => (m.X, m.Y))).Names(of.Map.Select(m => (m.X, m.Y, m.Name))), []);
    }
}

sealed record KnownRow(string Name, string Rows, Shaded Error, string Bias);

sealed record UserRow(string Name, string Ratings, string Error, string Bias);

sealed record NeighbourRow(string Name, string Ratings, IReadOnlyList<Shaded> Near);

sealed record DirectionRow(string Number, string Share, string Low, string High);
