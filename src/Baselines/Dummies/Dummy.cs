using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Dummies;

/// <summary>Says the same of every row: what a learner must beat to have learned anything.</summary>
/// <remarks>
/// The classes' shares where classes or labels are asked for, the mean of numbers (their median where the metric is of absolute errors),
/// the quantiles where quantiles are.
/// </remarks>
public sealed record Dummy : ILearner
{
    const string File = "dummy.json";

    public string Name { get; init; } = "Dummy";

    public ColumnKind Uses => 0;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        context.Cancel.ThrowIfCancellationRequested();
        var target = train.Answers;
        if (target.Rows == 0) throw new InputException("There are no rows to learn from.");
        var weights = train.Weights ?? default;
        return new Model(Kind(target.Task), target.Target switch
        {
            ClassTarget => Shares(target, weights),
            QuantileTarget quantiles => [.. quantiles.Levels.Select(q => (float)AnswerStatistics.Quantile(target.Learned.Column(0).Span, q))],
            _ => [.. Enumerable.Range(0, target.Outputs).Select(k => Middle(target, k, weights, context))],
        });
    }

    public IModel Load(string folder, FitContext context)
    {
        var said = ModelFile.Read<ConstantAnswer>(folder, File);
        return new Model(said.Kind, said.Outputs);
    }

    internal static OutputKind Kind(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel
        ? OutputKind.Probabilities : OutputKind.Values;

    static float Middle(TargetValues target, int output, ReadOnlyMemory<float> weights, FitContext context)
    {
        var values = target.Learned.Column(output).Span;
        var absolute = context.Metric?.Name is "mae" or "wmae" or "mape" or "smape" or "median-absolute-error";
        return target.Task is TaskKind.Regression or TaskKind.Ordinal && absolute
            ? (float)AnswerStatistics.Quantile(values, 0.5)
            : (float)AnswerStatistics.Mean(values, weights.Span);
    }

    static float[] Shares(TargetValues target, ReadOnlyMemory<float> weights)
    {
        var shares = new double[target.Outputs];
        double all = 0;
        for (var row = 0; row < target.Rows; row++)
        {
            var weight = weights.IsEmpty ? 1 : weights.Span[row];
            shares[(int)target.Truth[row, 0]] += weight;
            all += weight;
        }
        return Array.ConvertAll(shares, x => (float)(x / all));
    }

    sealed record ConstantAnswer(OutputKind Kind, float[] Outputs);

    sealed class Model(OutputKind kind, float[] outputs) : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows)
        {
            var values = new float[rows.Rows * outputs.Length];
            for (var row = 0; row < rows.Rows; row++) outputs.CopyTo(values, row * outputs.Length);
            return new(kind, new(values, outputs.Length));
        }

        public void Save(string folder) =>
            ModelFile.Write(folder, File, new ConstantAnswer(kind, outputs));

        public void Dispose() { }
    }
}
