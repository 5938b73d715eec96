using Kaggle.Core.Data;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>A model beside rows it has not seen, so that what it is said to rely on is not what it learned by heart.</summary>
/// <param name="Fold">The fold that the model was trained in.</param>
/// <param name="Model">The fold's model; stays the caller's to dispose.</param>
/// <param name="Validation">The fold's validation rows in the fold's order, with answers, as the model wants them (encoded where the competition encodes).</param>
public sealed record ExplainedFold(Fold Fold, IModel Model, Dataset Validation)
{
    /// <returns>At most so many of the validation rows, with columns of their own that may be exchanged one by one.</returns>
    internal SampledRows Sample(int most, int seed)
    {
        var picked = Sampling.Of(Validation.Rows, most, SeedOf(seed));
        var view = Validation.Take(picked);
        return new(this, Array.ConvertAll(picked, i => Fold.Validation[i]), view.WithColumns(view.Columns.Select(c => view[c.Name]).ToArray()));
    }

    // Each fold draws for itself, and the same each time.
    int SeedOf(int seed) => unchecked(seed * 31 + Fold.Number);
}

/// <param name="Numbers">Row numbers in the whole training set.</param>
/// <param name="Rows">The rows themselves.</param>
sealed record SampledRows(ExplainedFold Of, int[] Numbers, Dataset Rows)
{
    /// <returns>What the model says on the table's own scale.</returns>
    public Predictions Predict(Dataset rows, Scale scale)
    {
        var predicted = Of.Model.Predict(rows);
        return scale == Scale.Same || predicted.Kind != OutputKind.Values ? predicted : new(predicted.Kind, predicted.Values.Map(x => scale.Back(x)));
    }

    /// <returns>The rows with one column in place of the one of its name.</returns>
    public Dataset With(Column column) => Rows.WithColumns(Rows.Columns.Select(c => c.Name == column.Name ? column : c));
}
