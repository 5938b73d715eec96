using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Linear regression on the pieces of texts, with a penalty on the squared weights; of classes it learns 0 and 1.</summary>
/// <remarks>Minimises Σ w (y − a − x·b)² + alpha·|b|² by conjugate gradients over sparse rows, each target by itself.</remarks>
public sealed record TextRidge : ILearner
{
    static readonly double[] Grid = [30, 10, 3, 1, 0.3, 0.1];

    public string Name { get; init; } = "TextRidge";

    /// <summary>The penalty; null: the one of 0.1 … 30 with the least error on rows left out.</summary>
    public double? Alpha { get; init => field = value is { } alpha ? Require.Positive(alpha) : null; }

    public TextFeatures Features { get; init; } = new();

    public ColumnKind Uses => ColumnKind.Text | ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal or TaskKind.Binary or TaskKind.Multilabel;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context);
        var answers = train.Answers;
        var chances = answers.Task is TaskKind.Binary or TaskKind.Multilabel;
        var outputs = answers.Learned.Columns;
        var weights = new float[(x.Width + 1) * outputs];
        int[] all = [.. Enumerable.Range(0, train.Rows)];
        var pass = new SparsePass(x, 1, context.Threads, context.Cancel);
        for (var k = 0; k < outputs; k++)
        {
            var problem = new SparseRidge(pass, answers.Learned.Column(k), train.Weights ?? default, context.Cancel);
            var best = Alpha ?? new PenaltySearch(problem.Minimum, problem.Loss).Best(train, Grid, fallback: 1, context);
            var found = problem.Minimum(all, best, null);
            for (var feature = 0; feature <= x.Width; feature++) weights[feature * outputs + k] = found[feature];
        }
        var bounds = Enumerable.Range(0, outputs).Select(k => chances ? new AnswerBounds(0, 1) : AnswerBounds.Of(answers.Learned.Column(k).Span));
        return new TextModel(
            new(features, AnswerLink.Identity, outputs, weights, [.. bounds]), chances ? OutputKind.Probabilities : OutputKind.Values, FitRecord.Nothing, context.Threads);
    }

    public IModel Load(string folder, FitContext context) => TextModel.Load(folder, context.Threads);
}
