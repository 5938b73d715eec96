using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Text;

/// <summary>From columns to sparse features: each text column by its pieces, the other columns as <see cref="DenseFeatures"/> makes them.</summary>
public sealed record TextFeatures
{
    public TfIdf TfIdf { get; init; } = new();

    /// <summary>Numbers, categories and dates beside the texts; null: they are passed over.</summary>
    public DenseFeatures? Others { get; init; } = new();

    /// <summary>How much they weigh: a row of them is on average so long, where a text's pieces are 1 long. A penalty then asks as much of both.</summary>
    public double OthersLength { get; init => field = Require.Positive(value); } = 1;

    internal (FittedTextFeatures Fitted, SparseRows Train) Fit(Dataset train, FitContext context)
    {
        var blocks = new List<SparseRows>();
        var columns = new List<TextColumnGrams>();
        foreach (var column in train.Columns.OfType<TextColumn>().Select(c => c.Name).Order(StringComparer.Ordinal))
        {
            var (grams, block) = FitColumn(train, column, context);
            columns.Add(grams);
            blocks.Add(block);
        }
        FittedDenseFeatures? others = null;
        var scale = 1f;
        if (Others is { } dense && train.Columns.Any(c => c.Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date))
        {
            (others, var matrix) = dense.Fit(train, context.Seed);
            var squares = TensorPrimitives.SumOfSquares(matrix.Values.Values.Span) / matrix.Values.Rows;
            scale = blocks.Count > 0 && squares > 0 ? (float)(OthersLength / Math.Sqrt(squares)) : 1;
            blocks.Add(FittedTextFeatures.Sparse(matrix.Values, scale));
        }
        if (blocks.Count == 0) blocks.Add(new(new long[train.Rows + 1], [], [], 0));
        return (new([.. columns], others, scale), SparseRows.Beside(blocks));
    }

    internal (TextColumnGrams Fitted, SparseRows Train) FitColumn(Dataset train, string column, FitContext context)
    {
        var (grams, blocks) = (new List<FittedGrams>(), new List<SparseRows>());
        foreach (var pieces in TfIdf.Pieces())
        {
            context.Cancel.ThrowIfCancellationRequested();
            var (counts, rows) = Counts(train, column, pieces, context);
            var (fitted, block) = FittedGrams.Fit(counts, rows, pieces, TfIdf, context.Threads);
            grams.Add(fitted);
            blocks.Add(block);
        }
        if (blocks.Count == 0) throw new InputException("TfIdf has neither Words nor Letters; state one of them.");
        return (new(column, [.. grams]), SparseRows.Beside(blocks));
    }

    /// <summary>Counting looks at no answer and no fold: the folds of a run share it, and each weighs its own rows' pieces.</summary>
    static (GramCounts Counts, int[]? Rows) Counts(Dataset train, string column, TextPieces pieces, FitContext context) =>
        context.Share is { } share && train.IsView
            ? (share.GetOrAdd((nameof(GramCounts), train.Source, column, pieces), () => GramCounts.Of(((TextColumn)train.Source[column]).Texts, pieces, context.Threads, default)),
                train.RowIndex.ToArray())
            : (GramCounts.Of(((TextColumn)train[column]).Texts, pieces, context.Threads, context.Cancel), null);
}

/// <summary>The pieces of one text column.</summary>
sealed record TextColumnGrams(string Column, ImmutableArray<FittedGrams> Grams);

/// <summary>See <see cref="TextFeatures"/>.</summary>
sealed record FittedTextFeatures(ImmutableArray<TextColumnGrams> Columns, FittedDenseFeatures? Others, float OthersScale)
{
    /// <summary>How many features the texts have; those of the other columns come after them.</summary>
    [JsonIgnore]
    public int TextWidth => Columns.Sum(c => c.Grams.Sum(g => g.Width));

    /// <returns>(rows, features); pieces and levels never seen are passed over.</returns>
    public SparseRows Transform(Dataset rows, int threads)
    {
        var blocks = new List<SparseRows>();
        foreach (var (column, grams) in Columns)
        {
            var texts = rows[column] as TextColumn ?? throw new InputException($"Column '{column}' was text in training and is none here; state its kind.");
            foreach (var fitted in grams) blocks.Add(fitted.Transform(texts.Texts, threads));
        }
        if (Others is not null) blocks.Add(Sparse(Others.Transform(rows), OthersScale));
        return blocks.Count == 0 ? new(new long[rows.Rows + 1], [], [], 0) : SparseRows.Beside(blocks);
    }

    internal static SparseRows Sparse(Matrix dense, float scale)
    {
        var starts = new long[dense.Rows + 1];
        var (features, values) = (new List<int>(), new List<float>());
        for (var row = 0; row < dense.Rows; row++)
        {
            var line = dense.Row(row);
            for (var j = 0; j < line.Length; j++)
            {
                if (line[j] == 0) continue;
                features.Add(j);
                values.Add(scale * line[j]);
            }
            starts[row + 1] = features.Count;
        }
        return new(starts, [.. features], [.. values], dense.Columns);
    }
}
