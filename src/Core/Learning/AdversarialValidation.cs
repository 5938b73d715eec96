using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning;

/// <summary>Can a learner tell train from test? If it can, the validation says little of the test rows, and its columns say why.</summary>
/// <param name="Auc">Out of fold; 0.5: they look alike.</param>
/// <param name="Columns">The columns that tell them apart, the most used first, as shares of all use; empty when the learner cannot say.</param>
public sealed record AdversarialValidation(double Auc, IReadOnlyList<(string Column, double Share)> Columns)
{
    const int Most = 5_000, Named = 5, Iterations = 50;

    /// <param name="learner">Any that learns two classes; a small boosted forest does well.</param>
    /// <param name="train">The training rows; their answers are not looked at.</param>
    /// <param name="test">The test rows, with the same columns.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <remarks>At most 5,000 rows of each, drawn by the seed, in three stratified folds.</remarks>
    public static AdversarialValidation Fit(ILearner learner, Dataset train, Dataset test, FitContext context)
    {
        if (!learner.Learns(TaskKind.Binary)) throw new InputException($"{learner.Name} does not learn two classes and cannot tell train from test.");
        var (some, others) = (Draw(train, context.Seed), Draw(test, context.Seed));
        var truth = new float[some.Rows + others.Rows];
        truth.AsSpan(some.Rows).Fill(1);
        var columns = some.Columns.Where(column => others.Has(column.Name)).Select(column => Joined(some[column.Name], others[column.Name]));
        var both = new Dataset(columns, new(Target.Binary("part"), new(truth, 1), ["train", "test"]), rows: truth.Length);

        var told = new float[truth.Length];
        var use = new Dictionary<string, double>();
        foreach (var fold in Folds.Stratified(3, context.Seed).Split(both))
        {
            context.Cancel.ThrowIfCancellationRequested();
            using var model = learner.Fit(both.Take(fold.Train), null, context with { Metric = null, Share = null, Iterations = Iterations });
            var predicted = model.Predict(both.Take(fold.Validation));
            for (var i = 0; i < fold.Validation.Length; i++) told[fold.Validation[i]] = predicted[i, 0];
            foreach (var (column, importance) in model.Record.Importance) use[column] = use.GetValueOrDefault(column) + importance;
        }
        var all = use.Values.Sum();
        var auc = Metrics.Metrics.Auc.Score(truth, told);
        return new(auc, [.. use.Where(u => u.Value > 0).OrderByDescending(u => u.Value).Select(u => (u.Key, u.Value / all))]);
    }

    /// <returns>Null where train and test look alike: an AUC up to 0.6.</returns>
    public Warning? Warn()
    {
        if (Auc <= 0.6) return null;
        var named = string.Join(", ", Columns.Take(Named).Select(c => FormattableString.Invariant($"'{c.Column}' {c.Share * 100:0} %")));
        return new(Auc > 0.7 ? "warning" : "note", "train-and-test-differ", FormattableString.Invariant(
            $"A model tells test rows from training rows (AUC {Auc:0.000}){(named == "" ? "" : $", by {named}")}: the validation is of rows unlike those to be predicted. Try without these columns and keep what does not lower the score, or validate on the rows most like test."));
    }

    static Dataset Draw(Dataset rows, int seed)
    {
        if (rows.Rows <= Most) return rows;
        var all = Enumerable.Range(0, rows.Rows).ToArray();
        new Random(seed).Shuffle(all);
        return rows.Take(all.AsSpan(0, Most));
    }

    static Column Joined(Column a, Column b) => (a, b) switch
    {
        (NumberColumn x, NumberColumn y) => new NumberColumn(a.Name, Both(x.Values, y.Values)),
        (DateColumn x, DateColumn y) => new DateColumn(a.Name, Both(x.Ticks, y.Ticks)),
        (TextColumn x, TextColumn y) => new TextColumn(a.Name, Both(x.Texts, y.Texts)),
        (ImageColumn x, ImageColumn y) => new ImageColumn(a.Name, Both(x.Sources, y.Sources), x.Place),
        (CategoryColumn x, CategoryColumn y) when x.Levels.SequenceEqual(y.Levels) => new CategoryColumn(a.Name, Both(x.Codes, y.Codes), x.Levels),
        _ => throw new InputException($"Column '{a.Name}' is {a.Kind} in train and {b.Kind} in test, or its levels are not shared."),
    };

    static T[] Both<T>(ReadOnlyMemory<T> a, ReadOnlyMemory<T> b) => [.. a.Span, .. b.Span];
}
