using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>A dataset's number columns as one dense block: what linear models, neighbours and nets compute on.</summary>
/// <param name="Values">(rows, features).</param>
/// <param name="Features">Their names, in order.</param>
public sealed record FeatureMatrix(Matrix Values, ImmutableArray<string> Features)
{
    /// <summary>The number columns of the dataset, in its order; other kinds are passed over. Without any, one feature that is 0.</summary>
    public static FeatureMatrix Of(Dataset rows) => Of(rows, [.. rows.Columns.OfType<NumberColumn>().Select(c => c.Name)]);

    /// <summary>The number columns named, in that order.</summary>
    /// <exception cref="InputException">A name is unknown or not a number column.</exception>
    public static FeatureMatrix Of(Dataset rows, ImmutableArray<string> features)
    {
        // A matrix has at least one column: a table with nothing usable in it still has a mean to predict.
        if (features.Length == 0) return new(new(new float[rows.Rows], 1), ["(nothing)"]);
        var dense = new float[rows.Rows * features.Length];
        for (var feature = 0; feature < features.Length; feature++)
        {
            if (features[feature] == "(nothing)" && !rows.Has("(nothing)")) continue;
            var values = rows[features[feature]].As<NumberColumn>().Values.Span;
            for (int row = 0, at = feature; row < values.Length; row++, at += features.Length) dense[at] = values[row];
        }
        return new(new(dense, features.Length), features);
    }
}
