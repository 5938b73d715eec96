using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Each level becomes the mean answer of its training rows, drawn towards the mean of all the less it was seen.</summary>
/// <remarks>
/// A training row never sees its own answer: the training rows are encoded by inner folds (stratified by class; whole groups where there are groups),
/// rows never seen by all training rows. Several classes make one column each, several targets likewise, on the learned scale.
/// Unseen levels get the mean of all; missing counts as a level. Micci-Barreca 2001; scikit-learn's TargetEncoder.
/// </remarks>
public sealed record TargetMean : IEncoder
{
    /// <summary>The category columns to encode; null: all.</summary>
    public NameList? Columns { get; init; }

    /// <summary>So many rows of the overall mean are added to each level; null: the empirical Bayes weight, from the variances within and between levels.</summary>
    public double? Smoothing { get; init => field = value is { } m ? Require.AtLeast(0, m) : null; }

    /// <summary>How many inner folds encode the training rows.</summary>
    public int Folds { get; init => field = Require.AtLeast(2, value); } = 5;

    /// <summary>Keep the category beside its means; else they take its place.</summary>
    public bool Keep { get; init; }

    public Encoded Fit(Dataset train, int seed)
    {
        var answers = train.Answers.ByOutput();
        var outputs = train.Answers.OutputNames();
        var fold = InnerFolds.Assign(train, Folds, seed);
        var folds = fold.Length == 0 ? 0 : fold.Max() + 1;
        var columns = train.Chosen<CategoryColumn>(Columns).ToDictionary(c => c.Name);
        var fitted = new FittedTargetMean([.. columns.Values.Select(Of)], outputs, Keep);

        var crossed = train.Replacing(columns.Keys, column =>
        {
            var category = (CategoryColumn)column;
            var means = outputs.Select(_ => new float[train.Rows]).ToArray();
            for (var inner = 0; inner < folds; inner++)
            {
                var others = new LevelMeans(category, answers, Smoothing, row => fold[row] != inner);
                for (var row = 0; row < train.Rows; row++)
                    if (fold[row] == inner)
                        for (var k = 0; k < means.Length; k++) means[k][row] = others.Of(category.Codes.Span[row], k);
            }
            return fitted.Columns.First(c => c.Name == column.Name).Emit(category, means, outputs, Keep);
        });
        return new(fitted, crossed);

        FittedTargetMean.Column Of(CategoryColumn column)
        {
            var all = new LevelMeans(column, answers, Smoothing, _ => true);
            var seen = Enumerable.Range(0, column.Levels.Length).Where(all.Saw).ToArray();
            return new(
                column.Name,
                [.. seen.Select(code => column.Levels[code])],
                [.. seen.Select(code => Row(k => all.Of(code, k)))],
                Row(k => all.Of(Levels.Missing, k)),
                Row(all.Prior));
        }

        float[] Row(Func<int, float> of) => [.. Enumerable.Range(0, outputs.Length).Select(of)];
    }
}

/// <summary>See <see cref="TargetMean"/>.</summary>
/// <param name="Columns">The means by column and level.</param>
/// <param name="Outputs">The classes' or targets' names.</param>
/// <param name="Keep">Whether the category stays.</param>
public sealed record FittedTargetMean(IReadOnlyList<FittedTargetMean.Column> Columns, IReadOnlyList<string> Outputs, bool Keep) : IFittedEncoder
{
    /// <param name="Name">The category column.</param>
    /// <param name="Levels">Those met in training.</param>
    /// <param name="Means">One mean for each output, level by level.</param>
    /// <param name="Missing">The same for missing values.</param>
    /// <param name="Prior">The same for levels never seen.</param>
    public sealed record Column(
        string Name, IReadOnlyList<string> Levels, IReadOnlyList<float[]> Means, IReadOnlyList<float> Missing, IReadOnlyList<float> Prior)
    {
        internal IEnumerable<Data.Column> Emit(CategoryColumn category, IReadOnlyList<float[]> means, IReadOnlyList<string> outputs, bool keep)
        {
            if (keep) yield return category;
            for (var k = 0; k < means.Count; k++)
                yield return new NumberColumn(outputs.Count == 1 ? (keep ? Name + "_mean" : Name) : $"{Name}_mean_{outputs[k]}", means[k]);
        }
    }

    public Dataset Transform(Dataset rows)
    {
        var byName = Columns.ToDictionary(c => c.Name);
        return rows.Replacing(byName.Keys, column =>
        {
            var fitted = byName[column.Name];
            var category = column.As<CategoryColumn>();
            var found = Levels.Find(category, fitted.Levels);
            var means = Outputs.Select((_, k) => Array.ConvertAll(found, x =>
                x >= 0 ? fitted.Means[x][k] : x == Levels.Missing ? fitted.Missing[k] : fitted.Prior[k])).ToArray();
            return fitted.Emit(category, means, Outputs, Keep);
        });
    }
}
