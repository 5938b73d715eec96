using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Dummies;

/// <summary>One rule on the single best column: what each of its levels, or each range of its numbers, usually means.</summary>
/// <remarks>
/// The column is the one whose rule errs least on inner folds (squared error of the shares or values), so a column of ids does not win.
/// R. Holte, "Very simple classification rules perform well on most commonly used datasets", 1993.
/// </remarks>
public sealed record OneR : ILearner
{
    const string File = "rule.json";

    public string Name { get; init; } = "OneR";

    /// <summary>A number column is cut into at most so many ranges, each with about as many training rows.</summary>
    public int Ranges { get; init => field = Require.AtLeast(2, value); } = 12;

    /// <summary>So many rows of the overall answer are added to each level or range.</summary>
    public double Smoothing { get; init => field = Require.AtLeast(0, value); } = 1;

    public ColumnKind Uses => ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var answers = RuleAnswers.Of(train);
        var fold = InnerFolds.Assign(train, 5, context.Seed);
        RuleColumn? best = null;
        var (least, none) = (double.PositiveInfinity, answers.InnerError(new int[train.Rows], 1, fold, Smoothing));
        foreach (var column in train.Columns)
        {
            context.Cancel.ThrowIfCancellationRequested();
            if (RuleColumn.Of(train[column.Name], Ranges) is not { } cut) continue;
            var error = answers.InnerError(cut.Places(train[column.Name]), cut.Count, fold, Smoothing);
            if (error < least) (best, least) = (cut, error);
        }
        var places = best is null ? new int[train.Rows] : best.Places(train[best.Name]);
        var outputs = answers.Outputs(places, best?.Count ?? 1, Smoothing);
        return new Model(new(Dummy.Kind(train.Answers.Task), best, outputs, best is null || none <= 0 ? 0 : Math.Max(0, 1 - least / none)));
    }

    public IModel Load(string folder, FitContext context) =>
        new Model(ModelFile.Read<Rule>(folder, File));

    /// <param name="Kind">What the outputs are.</param>
    /// <param name="Column">The best column; null when there was none to use.</param>
    /// <param name="Outputs">What is said at each place of the column.</param>
    /// <param name="Explained">How much less the rule errs than saying the same of all rows, 0 to 1.</param>
    sealed record Rule(OutputKind Kind, RuleColumn? Column, float[][] Outputs, double Explained);

    sealed class Model(Rule rule) : IModel
    {
        public FitRecord Record { get; } = rule.Column is null
            ? FitRecord.Nothing
            : new() { Importance = new Dictionary<string, double> { [rule.Column.Name] = rule.Explained } };

        public Predictions Predict(Dataset rows)
        {
            var width = rule.Outputs[0].Length;
            var values = new float[rows.Rows * width];
            var places = rule.Column?.Places(rows[rule.Column.Name]);
            for (var row = 0; row < rows.Rows; row++) rule.Outputs[places?[row] ?? 0].CopyTo(values, row * width);
            return new(rule.Kind, new(values, width));
        }

        public void Save(string folder) =>
            ModelFile.Write(folder, File, rule);

        public void Dispose() { }
    }
}
