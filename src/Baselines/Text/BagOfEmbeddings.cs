using Kaggle.Baselines.Linear;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Each piece of a text has a vector, the text is their weighted sum, and one layer answers: fastText's supervised model.</summary>
/// <remarks>
/// A. Joulin et al., "Bag of Tricks for Efficient Text Classification", 2016: plain stochastic descent, a rate that falls to 0 in a straight line, vectors that
/// begin within ±1/width. Unlike there pieces are weighted by TF-IDF instead of alike, none is hashed into buckets, and one thread learns, so that a seed means
/// one result. Between vectors and answers nothing bends: what is kept is their product, one weight a piece and answer, which costs nothing to predict with.
/// </remarks>
public sealed record BagOfEmbeddings : ILearner
{
    public string Name { get; init; } = "BagOfEmbeddings";

    /// <summary>Published vectors that words begin with; null: all vectors are drawn.</summary>
    public VectorsFromFile? Vectors { get; init; }

    /// <summary>Numbers in a vector, where no file says it.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>How often each text is learned from.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 15;

    /// <summary>The first rate; texts are vectors of length 1.</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 0.5;

    public TextFeatures Features { get; init; } = new();

    public ColumnKind Uses => ColumnKind.Text | ColumnKind.Number | ColumnKind.Category | ColumnKind.Date;

    public bool StopsEarly => false;

    public string? Lacks => Vectors?.Lacking;

    public bool Learns(TaskKind task) => task != TaskKind.Quantile;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var (features, x) = Features.Fit(train, context);
        var answers = train.Answers;
        var link = answers.Task switch
        {
            TaskKind.Multiclass => AnswerLink.Softmax,
            TaskKind.Binary or TaskKind.Multilabel => AnswerLink.Sigmoid,
            _ => AnswerLink.Identity,
        };
        var draws = new Draws(context.Seed);
        var begin = Vectors?.Begin(features, x.Width, draws) ?? StartingVectors.Drawn(x.Width, Width, 1.0 / Width, draws);
        var descent = new EmbeddingDescent(x, link, answers, train.Weights ?? default, begin, draws, context);
        var weights = descent.Run(Epochs, LearningRate);
        var bounds = link == AnswerLink.Identity
            ? Enumerable.Range(0, answers.Learned.Columns).Select(k => AnswerBounds.Of(answers.Learned.Column(k).Span)) : [];
        return new TextModel(
            new(features, link, answers.Outputs, weights, [.. bounds]), link == AnswerLink.Identity ? OutputKind.Values : OutputKind.Probabilities,
            FitRecord.Nothing, context.Threads);
    }

    public IModel Load(string folder, FitContext context) => TextModel.Load(folder, context.Threads);
}
