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

    /// <summary>Whether a neighbour counts by 1 / distance; else all count alike.</summary>
    public bool ByDistance { get; init; } = true;

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Standardise };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context.Seed);
        var target = train.Answers;
        var voters = new Voters(VotersOf(target), target.Target as QuantileTarget, train.Weights ?? default, ByDistance);
        var block = new NeighbourBlock(x.Values);
        var neighbours = Math.Min(Neighbours ?? Best(block, x.Values, voters, context), train.Rows);
        var kind = target.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;
        return new KNearestModel(features, block, voters, neighbours, kind, context.Threads);
    }

    public IModel Load(string folder, FitContext context) => KNearestModel.Load(folder, context.Threads);

    static readonly int[] Candidates = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 80, 120, 200];

    const int JudgedRows = 2_000;

    static int Best(NeighbourBlock block, Matrix x, Voters voters, FitContext context)
    {
        var candidates = Candidates.Where(k => k < x.Rows).ToArray();
        if (candidates.Length == 0) return 1;
        var step = Math.Max(1, x.Rows / JudgedRows);
        int[] judged = [.. Enumerable.Range(0, (x.Rows + step - 1) / step).Select(i => i * step)];
        var found = block.Nearest(x.Take(judged), Math.Min(x.Rows, candidates[^1] + 1), context.Threads, context.Cancel);
        var errors = new double[candidates.Length];
        for (var i = 0; i < judged.Length; i++)
        {
            var others = found[i].Where(n => n.Row != judged[i]).ToArray();
            for (var c = 0; c < candidates.Length; c++) errors[c] += voters.Error(others.AsSpan(0, Math.Min(candidates[c], others.Length)), judged[i]);
        }
        return candidates[Array.IndexOf(errors, errors.Min())];
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
