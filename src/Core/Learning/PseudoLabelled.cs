using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>A learner that learns twice: from the training rows, and then from them and those test rows of whose class it was sure.</summary>
/// <remarks>
/// Lee 2013. In each fold the labels come from the fold's own first model and of test rows alone, so that out-of-fold predictions never rest on labels that their own answers helped to make.
/// Where a fit gets no test rows (<see cref="FitContext.Unlabelled"/>) it is the learner as it was.
/// </remarks>
public sealed record PseudoLabelled : ILearner
{
    /// <param name="learner">Of classes.</param>
    public PseudoLabelled(ILearner learner) => (Learner, Name) = (learner, $"{learner.Name} with pseudo-labels");

    public string Name { get; init; }

    public ILearner Learner { get; init; }

    /// <summary>The chance from which a test row's likeliest class is taken for its answer.</summary>
    public double LeastChance { get; init => field = Require.Between(0.5, 1, value); } = 0.9;

    public ColumnKind Uses => Learner.Uses;

    public bool Learns(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass && Learner.Learns(task);

    public bool StopsEarly => Learner.StopsEarly;

    public bool Explains => Learner.Explains;

    public ILearner? Quick => null;

    public string? Lacks => Learner.Lacks;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var first = Learner.Fit(train, validation, context);
        if (context.Unlabelled is not { Rows: > 0 } unlabelled) return first;
        using (first)
        {
            var said = first.Predict(unlabelled);
            var (rows, answers) = Sure(said, train.Answers.Task);
            // What folds share is made of the source's rows, to which these do not belong.
            return Learner.Fit(Stacked(train, unlabelled.Take(rows), answers), validation, context with { Share = null, Scratch = null });
        }
    }

    public IModel Load(string folder, FitContext context) => Learner.Load(folder, context);

    (int[] Rows, float[] Answers) Sure(Predictions said, TaskKind task)
    {
        var (rows, answers) = (new List<int>(), new List<float>());
        for (var row = 0; row < said.Rows; row++)
        {
            var chances = said.Values.Row(row);
            var likeliest = task == TaskKind.Binary ? chances[0] >= 0.5f ? 1 : 0 : TensorPrimitives.IndexOfMax(chances);
            if ((task == TaskKind.Binary ? Math.Max(chances[0], 1 - chances[0]) : chances[likeliest]) < LeastChance) continue;
            rows.Add(row);
            answers.Add(likeliest);
        }
        return ([.. rows], [.. answers]);
    }

    static Dataset Stacked(Dataset train, Dataset more, float[] answers)
    {
        var known = train.Answers;
        float[]? weights = train.Weights is { } w ? [.. w.Span, .. Enumerable.Repeat(1f, more.Rows)] : null;
        return new(train.Columns.Select(c => train[c.Name].Stack(more[c.Name])), new(known.Target, new(new[] { known.Truth.Values, answers }.SelectMany(v => v.ToArray()).ToArray(), 1), known.Classes),
            weights, rows: train.Rows + more.Rows);
    }
}
