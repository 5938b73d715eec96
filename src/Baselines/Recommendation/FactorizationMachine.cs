using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Factors of users, items, their side columns and of who rated what, drawn from the posterior by Gibbs sampling: nothing to tune.</summary>
/// <remarks>
/// A factorisation machine between the user's features and the item's (Rendle 2012, Factorization Machines with libFM; the features of who rated what
/// on both sides from Rendle, Zhang, Koren 2019, arXiv 1905.01395). Products within a side are left out: they say no more than its bias.
/// The prior of each kind of feature and factor is drawn too. The mean of many draws' products is the product of their vectors laid end to end.
/// Number and category columns that are the same in all rows of a user describe the user; those of an item likewise; others are passed over.
/// </remarks>
public sealed record FactorizationMachine : PairLearner
{
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Draws that are kept.</summary>
    public int Draws { get; init => field = Require.AtLeast(1, value); } = 60;

    /// <summary>Draws between two that are kept.</summary>
    public int Every { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>Draws before the first that is kept.</summary>
    public int Warmup { get; init => field = Require.AtLeast(0, value); } = 60;

    /// <summary>The spread of the factors at the beginning.</summary>
    public double Spread { get; init => field = Require.AtLeast(0, value); } = 0.1;

    /// <summary>Whether a user is also the items rated, and an item those who rated it, whatever the ratings.</summary>
    public bool Implied { get; init; } = true;

    /// <summary>Whether columns beside user and item are used.</summary>
    public bool SideColumns { get; init; } = true;

    public override ColumnKind Uses => ColumnKind.Category | ColumnKind.Number;

    protected override PairLearner Quick => this with { Draws = 20, Every = 2, Warmup = 20 };

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var pairs = RatedPairs.Of(train, User, Item);
        var (users, items) = pairs.Names.Places(train);
        var beside = SideColumns ? Beside(train) : [];
        var draws = new PosteriorDraws(context.Seed);
        var chain = new PosteriorChain(pairs,
            new SampledSide(SideFeatures.Made(pairs.ByUser, pairs.ByItem.Count, Implied, users, beside), Factors, Spread, draws),
            new SampledSide(SideFeatures.Made(pairs.ByItem, pairs.ByUser.Count, Implied, items, beside), Factors, Spread, draws), draws);
        var kept = new KeptDraws(pairs.ByUser.Count, pairs.ByItem.Count, Factors, Draws);
        var errors = new List<double>();
        var all = Warmup + Draws * Every;
        for (var sweep = 1; sweep <= all; sweep++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            errors.Add(chain.Sweep());
            if (sweep > Warmup && (sweep - Warmup) % Every == 0) kept.Add(chain);
            context.Progress?.Report(new((double)sweep / all, $"draw {sweep}/{all}, noise {errors[^1]:F4}"));
        }
        return new FactorModel(pairs.Names, kept.Values(), RatingRange.Of(pairs), new() { Curves = [new("train rmse", errors)] });
    }

    public override IModel Load(string folder, FitContext context) => FactorModel.Load(folder);
}
