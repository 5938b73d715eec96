using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Logistic models of sparse rows, for each kind of classes.</summary>
static class TextClassifier
{
    static readonly double[] Grid = [0.1, 0.3, 1, 3, 10, 30];

    /// <param name="train">The rows' answers and weights.</param>
    /// <param name="features">How the rows came about.</param>
    /// <param name="x">The rows.</param>
    /// <param name="c">The weight of the rows against the penalty; null: found on rows left out.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <param name="scales">What each feature is multiplied by, for each answer column; null: by nothing.</param>
    public static TextModel Fit(Dataset train, FittedTextFeatures features, SparseRows x, double? c, FitContext context, IReadOnlyList<float[]>? scales = null)
    {
        var answers = train.Answers;
        var softmax = answers.Task == TaskKind.Multiclass && scales is null;
        var outputs = answers.Outputs;
        var weights = new float[(x.Width + 1) * outputs];
        int[] all = [.. Enumerable.Range(0, train.Rows)];
        for (var k = 0; k < (softmax ? 1 : outputs); k++)
        {
            var (together, answer) = (softmax ? outputs : 1, k);
            var truth = answers.Task == TaskKind.Multiclass && !softmax
                ? answers.Truth.Map(code => code == answer ? 1 : 0).Values
                : answers.Truth.Column(softmax ? 0 : k);
            var problem = new SparseLogistic(
                new(scales is null ? x : x.Scaled(scales[k]), together, context.Threads, context.Cancel), truth, train.Weights ?? default, together, context.Cancel);
            var best = c ?? new PenaltySearch(problem.Minimum, problem.Loss).Best(train, Grid, fallback: 1, context);
            var found = problem.Minimum(all, best, null);
            for (var feature = 0; feature <= x.Width; feature++)
                for (var j = 0; j < together; j++)
                    weights[feature * outputs + k + j] = found[feature * together + j] * (scales is null || feature == x.Width ? 1 : scales[k][feature]);
        }
        return new(new(features, answers.Task == TaskKind.Multiclass ? AnswerLink.Softmax : AnswerLink.Sigmoid, outputs, weights, []), OutputKind.Probabilities, FitRecord.Nothing, context.Threads);
    }
}
