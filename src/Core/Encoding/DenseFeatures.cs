using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>How the numbers are brought to one scale.</summary>
public enum Scaling
{
    None,

    /// <summary><see cref="Encoding.Standardise"/>.</summary>
    Standardise,

    /// <summary><see cref="RobustScale"/> with its smooth clip.</summary>
    Robust,

    /// <summary><see cref="Encoding.QuantileNormal"/>.</summary>
    QuantileNormal,
}

/// <summary>From columns of any kind to a dense block without missing values: the usual way in for learners that know only numbers.</summary>
/// <remarks>
/// Dates are taken apart, long tails become logarithms, gaps are filled and flagged, numbers scaled, categories one-hot with rare levels grouped
/// and wide ones by their target mean. Texts and pictures are passed over. Fitted on training rows only.
/// </remarks>
public sealed record DenseFeatures
{
    public Scaling Scaling { get; init; } = Scaling.Standardise;

    /// <summary>Whether numbers with a long tail are learned as log(1 + x).</summary>
    public bool LogOfSkewed { get; init; } = true;

    /// <summary>Levels with fewer training rows share one column.</summary>
    public int MinCount { get; init => field = Require.AtLeast(1, value); } = 5;

    /// <summary>A category with more levels than this is encoded by target mean and frequency instead of one-hot.</summary>
    public int MaxLevels { get; init => field = Require.AtLeast(2, value); } = 100;

    /// <summary>Whether one-hot columns are scaled as the numbers are: a penalty then weighs rare levels as much as common ones.</summary>
    public bool ScaleOneHot { get; init; }

    /// <returns>What was fitted, and the training rows as it encodes them for training.</returns>
    public (FittedDenseFeatures Fitted, FeatureMatrix Train) Fit(Dataset train, int seed)
    {
        // Texts and pictures would only be gathered and carried along.
        var read = train.Columns.Where(c => c.Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date).Select(c => c.Name).ToImmutableArray();
        train = FittedDenseFeatures.Only(train, read);
        var categories = train.Columns.OfType<CategoryColumn>().ToLookup(c => Levels.Count(c).Levels.Count(n => n > 0) > MaxLevels, c => c.Name);
        var (narrow, wide) = (categories[false].ToArray(), categories[true].ToArray());
        List<IEncoder> steps = [new DateParts()];
        if (LogOfSkewed) steps.Add(new LogOfSkewed());
        if (wide.Length > 0 && train.Target is not null)
        {
            steps.Add(new Frequency { Columns = [.. wide], Keep = true });
            steps.Add(new TargetMean { Columns = [.. wide] });
        }
        else if (wide.Length > 0) steps.Add(new Frequency { Columns = [.. wide] });
        steps.Add(new FillMissing());
        var oneHot = new OneHot { Columns = [.. narrow], MinCount = MinCount };
        if (ScaleOneHot) steps.Add(oneHot);
        if (Scaler is { } scaler) steps.Add(scaler);
        if (!ScaleOneHot) steps.Add(oneHot);

        var encoded = new Pipeline([.. steps]).Fit(train, seed);
        var matrix = FeatureMatrix.Of(encoded.Train);
        return (new(read, encoded.Encoder, matrix.Features), matrix);
    }

    IEncoder? Scaler => Scaling switch
    {
        Scaling.Standardise => new Standardise(),
        Scaling.Robust => new RobustScale(),
        Scaling.QuantileNormal => new QuantileNormal(),
        _ => null,
    };
}

/// <summary>See <see cref="DenseFeatures"/>.</summary>
/// <param name="Columns">The columns it reads.</param>
/// <param name="Encoder">What it makes of them.</param>
/// <param name="Features">The names of the block's columns.</param>
public sealed record FittedDenseFeatures(ImmutableArray<string> Columns, IFittedEncoder Encoder, ImmutableArray<string> Features)
{
    /// <returns>(rows, features), every value finite.</returns>
    public Matrix Transform(Dataset rows) => FeatureMatrix.Of(Encoder.Transform(Only(rows, Columns)), Features).Values;

    internal static Dataset Only(Dataset rows, IEnumerable<string> columns) => rows.WithColumns(columns.Select(name => rows[name]));
}
