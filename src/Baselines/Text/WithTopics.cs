using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>Gives a learner that knows no text a few numbers for each text column: where it lies along the directions in which the texts' pieces vary most.</summary>
/// <remarks>Latent semantic analysis: a truncated singular value decomposition of the TF-IDF of the training rows. For trees, forests, neighbours and nets.</remarks>
/// <param name="Learner">What learns from those numbers and from the other columns.</param>
public sealed record WithTopics(ILearner Learner) : ILearner
{
    public string Name { get; init; } = Learner.Name;

    /// <summary>Numbers for each text column, at most.</summary>
    public int Topics { get; init => field = Require.AtLeast(1, value); } = 64;

    public TfIdf TfIdf { get; init; } = new() { Letters = new(3, 5) { MinTexts = 5, MaxFeatures = 30_000 } };

    public ColumnKind Uses => Learner.Uses | ColumnKind.Text;

    public bool StopsEarly => Learner.StopsEarly;

    ILearner? ILearner.Quick => Learner.Quick is { } quick ? this with { Learner = quick } : null;

    public bool Learns(TaskKind task) => Learner.Learns(task);

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        var (fitted, rows) = TextTopics.Fit(train, TfIdf, Topics, context);
        return new Model(fitted, Learner.Fit(rows, validation is null ? null : fitted.Transform(validation, context.Threads), context), context.Threads);
    }

    public IModel Load(string folder, FitContext context)
    {
        var topics = ModelFile.Read<TextTopics>(folder, Model.TopicsFile);
        return new Model(topics, Learner.Load(Path.Combine(folder, Model.Inner), context), context.Threads);
    }

    sealed class Model(TextTopics topics, IModel inner, int threads) : IModel
    {
        public const string TopicsFile = "topics.json", Inner = "learner";

        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows) => inner.Predict(topics.Transform(rows, threads));

        public void Save(string folder)
        {
            ModelFile.Write(folder, TopicsFile, topics);
            inner.Save(Directory.CreateDirectory(Path.Combine(folder, Inner)).FullName);
        }

        public void Dispose() => inner.Dispose();
    }
}

/// <summary>Text columns as numbers.</summary>
sealed record TextTopics(ImmutableArray<TextTopics.OfColumn> Columns)
{
    /// <param name="Text">The column and its pieces.</param>
    /// <param name="Directions">See <see cref="TruncatedSvd"/>.</param>
    /// <param name="Rank">How many.</param>
    public sealed record OfColumn(TextColumnGrams Text, [property: JsonConverter(typeof(PackedNumbers<float>))] float[] Directions, int Rank);

    /// <summary>Learners of one run that want the same topics of the same rows share them.</summary>
    public static (TextTopics Fitted, Dataset Train) Fit(Dataset train, TfIdf settings, int rank, FitContext context)
    {
        if (context.Share is not { } share || !train.IsView) return Worked(train, settings, rank, context);
        return share.GetOrAdd((nameof(TextTopics), train.Source, ContentHash.Of(train.RowIndex), settings, rank, context.Seed),
            () => new SharedTopics(Worked(train, settings, rank, context with { Cancel = default }))).Made;
    }

    sealed record SharedTopics((TextTopics Fitted, Dataset Train) Made);

    static (TextTopics Fitted, Dataset Train) Worked(Dataset train, TfIdf settings, int rank, FitContext context)
    {
        var columns = new List<OfColumn>();
        foreach (var name in train.Columns.OfType<TextColumn>().Select(c => c.Name).Order(StringComparer.Ordinal))
        {
            var (fitted, rows) = new TextFeatures { TfIdf = settings }.FitColumn(train, name, context);
            var svd = TruncatedSvd.Of(rows, rank, context.Seed, context.Threads);
            columns.Add(new(fitted, svd.Directions, svd.Rank));
        }
        var topics = new TextTopics([.. columns]);
        return (topics, topics.Transform(train, context.Threads));
    }

    /// <returns>The rows with each text column replaced by its numbers.</returns>
    public Dataset Transform(Dataset rows, int threads)
    {
        var numbers = Columns.SelectMany(column =>
        {
            var texts = ((TextColumn)rows[column.Text.Column]).Texts;
            var x = SparseRows.Beside([.. column.Text.Grams.Select(grams => grams.Transform(texts, threads))]);
            var along = new TruncatedSvd(column.Directions, [], column.Rank).Project(x, threads);
            // Texts without a known piece still leave a column: a learner needs one.
            return Enumerable.Range(0, Math.Max(1, column.Rank)).Select(k => new NumberColumn($"{column.Text.Column} topic {k + 1}",
                Enumerable.Range(0, rows.Rows).Select(row => column.Rank == 0 ? 0 : along[row * column.Rank + k]).ToArray()));
        });
        return rows.WithColumns([.. rows.Columns.Where(c => c.Kind != ColumnKind.Text).Select(c => rows[c.Name]), .. numbers]);
    }
}
