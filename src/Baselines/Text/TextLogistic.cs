using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Logistic regression on the pieces of texts, with a penalty on the squared weights; softmax for several classes, one model a label for labels.</summary>
/// <remarks>Minimises C · Σ w · log loss + |b|²/2 by L-BFGS over sparse rows. The intercept is free. Numbers and categories beside the texts are used too.</remarks>
public sealed record TextLogistic : ILearner
{
    public string Name { get; init; } = "TextLogistic";

    /// <summary>The weight of the rows against the penalty; null: the one of 0.1 … 30 with the least log loss on rows left out.</summary>
    public double? C { get; init => field = value is { } c ? Require.Positive(c) : null; }

    public TextFeatures Features { get; init; } = new();

    public ColumnKind Uses => ColumnKind.Text | ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context);
        return TextClassifier.Fit(train, features, x, C, context);
    }

    public IModel Load(string folder, FitContext context) => TextModel.Load(folder, context.Threads);
}
