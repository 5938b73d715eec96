using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Neighbours;

/// <summary>Says of a row what is true of the training rows most like it.</summary>
/// <remarks>Euclidean distance over scaled numbers and one-hot categories, every training row compared; nearer rows count more.</remarks>
public sealed record KNearest : ILearner
{
    public string Name { get; init; } = "KNearest";

    /// <summary>How many rows are asked; null: the number of 1 … 200 with the least error on training rows left out one by one.</summary>
    public int? Neighbours { get; init => field = value is { } k ? Require.AtLeast(1, k) : null; }

    /// <summary>
    /// How much more a feature counts in the distance that tells more of the answer by itself: its scale is the share of the answers' variance that
    /// ranges of it explain, to this power. 0: all count alike; null: the one of 0, ½ and 1 with the least error on rows left out.
    /// </summary>
    public double? Relevance { get; init => field = value is { } power ? Require.AtLeast(0, power) : null; }

    /// <summary>Whether a neighbour counts by 1 / distance; else all count alike.</summary>
    public bool ByDistance { get; init; } = true;

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Standardise };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        context.Cancel.ThrowIfCancellationRequested();
        var (features, x) = Features.Fit(train, context.Seed);
        var target = train.Answers;
        var voters = new Voters(VotersOf(target), target.Target as QuantileTarget, train.Weights ?? default, ByDistance);
        var (scales, neighbours) = Best(train, x, voters, context);
        var block = new NeighbourBlock(FeatureRelevance.Scaled(x.Values, scales));
        var kind = target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;
        return new KNearestModel(features, scales, block, voters, neighbours, kind, context.Threads);
    }

    public IModel Load(string folder, FitContext context) => KNearestModel.Load(folder, context.Threads);

    static readonly int[] Candidates = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 80, 120, 200];

    static readonly double[] Powers = [0, 0.5, 1];

    const int JudgedRows = 2_000;

    /// <returns>The scale of each feature and the number of neighbours that err least on rows left out.</returns>
    (float[] Scales, int Neighbours) Best(Dataset train, FeatureMatrix x, Voters voters, FitContext context)
    {
        var relevance = Relevance == 0 ? [] : FeatureRelevance.Of(train, x, context.Seed);
        var candidates = Neighbours is { } given ? [Math.Min(given, train.Rows)] : Candidates.Where(k => k < train.Rows).DefaultIfEmpty(1).ToArray();
        var powers = Relevance is { } power ? [power] : Powers;
        float[] Scales(double power) => power == 0 ? [.. Enumerable.Repeat(1f, x.Features.Length)] : Array.ConvertAll(relevance, r => (float)Math.Pow(r, power));
        if (candidates.Length * powers.Length == 1) return (Scales(powers[0]), candidates[0]);

        var (best, least) = ((Scales(powers[0]), candidates[0]), double.PositiveInfinity);
        foreach (var scales in powers.Select(Scales))
        {
            var errors = Errors(FeatureRelevance.Scaled(x.Values, scales), candidates, voters, context);
            for (var c = 0; c < candidates.Length; c++)
                if (errors[c] < least) (best, least) = ((scales, candidates[c]), errors[c]);
        }
        return best;
    }

    static double[] Errors(Matrix x, int[] candidates, Voters voters, FitContext context)
    {
        var step = Math.Max(1, x.Rows / JudgedRows);
        int[] judged = [.. Enumerable.Range(0, (x.Rows + step - 1) / step).Select(i => i * step)];
        var found = new NeighbourBlock(x).Nearest(x.Take(judged), Math.Min(x.Rows, candidates[^1] + 1), context.Threads, context.Cancel);
        var errors = new double[candidates.Length];
        for (var i = 0; i < judged.Length; i++)
        {
            var others = found[i].Where(n => n.Row != judged[i]).ToArray();
            for (var c = 0; c < candidates.Length && others.Length > 0; c++)
                errors[c] += voters.Error(others.AsSpan(0, Math.Min(candidates[c], others.Length)), judged[i]);
        }
        return errors;
    }

    /// <returns>(rows, outputs): of classes one column of 0 and 1 each.</returns>
    static Matrix VotersOf(TargetValues target)
    {
        if (target.Target is not ClassTarget) return target.Learned;
        var shares = new float[target.Rows * target.Outputs];
        for (var row = 0; row < target.Rows; row++) shares[row * target.Outputs + (int)target.Truth[row, 0]] = 1;
        return new(shares, target.Outputs);
    }
}
