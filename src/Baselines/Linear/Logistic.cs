using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Linear;

/// <summary>Logistic regression with a penalty on the squared weights; softmax for several classes, one model a label for labels.</summary>
/// <remarks>Minimises C·Σ w·log loss + |b|²/2, as scikit-learn writes it, by L-BFGS. The intercept is free.</remarks>
public sealed record Logistic : ILearner
{
    public string Name { get; init; } = "Logistic";

    /// <summary>The weight of the rows against the penalty; null: the one of 0.003 … 30 with the least log loss on inner folds.</summary>
    public double? C { get; init => field = value is { } c ? Require.Positive(c) : null; }

    public DenseFeatures Features { get; init; } = new() { Scaling = Scaling.Robust };

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context.Seed);
        var softmax = train.Answers.Task == TaskKind.Multiclass;
        var fold = InnerFolds.Assign(train, 5, context.Seed);
        var fits = new List<LogisticFit>();
        for (var k = 0; k < train.Answers.Truth.Columns; k++)
        {
            var problem = new LogisticProblem(x.Values, train.Answers.Truth.Column(k), train.Weights ?? default, softmax ? train.Answers.Outputs : 1, context);
            fits.Add(C is { } c || train.Rows < 10 ? problem.Solve(C ?? 1) : problem.SolveBest(Grid, fold));
        }
        return new LinearModel(new(
            features, softmax ? AnswerLink.Softmax : AnswerLink.Sigmoid, [.. fits.SelectMany(f => f.Weights)], [.. fits.SelectMany(f => f.Intercepts)], [], null));
    }

    public IModel Load(string folder, FitContext context) => LinearModel.Load(folder);

    /// <summary>From the strongest penalty on: each start is the solution before.</summary>
    static readonly double[] Grid = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
}
