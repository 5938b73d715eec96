using System.Text.Json.Serialization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>A recipe for columns: immutable, equal by value, knows no data. Fitted inside folds, on training rows only.</summary>
public interface IEncoder
{
    /// <param name="train">The rows of the fold's training part; answers may be looked at.</param>
    /// <param name="seed">For encoders that split rows inside (target means).</param>
    Encoded Fit(Dataset train, int seed);
}

/// <param name="Encoder">Changes rows never seen.</param>
/// <param name="Train">
/// The training rows encoded. Not always what <see cref="IFittedEncoder.Transform"/> makes of them: a row must not see its own answer.
/// </param>
public sealed record Encoded(IFittedEncoder Encoder, Dataset Train);

/// <summary>A fitted encoder: unseen levels and missing values are no error.</summary>
/// <remarks>A record of plain values: <see cref="EncoderJson"/> writes and reads it, so a model can keep its encoders beside its weights.</remarks>
[JsonDerivedType(typeof(FittedPipeline), "pipeline")]
[JsonDerivedType(typeof(FilledMissing), "fill-missing")]
[JsonDerivedType(typeof(FittedOneHot), "one-hot")]
[JsonDerivedType(typeof(FittedOrdinalCodes), "ordinal-codes")]
[JsonDerivedType(typeof(FittedFrequency), "frequency")]
[JsonDerivedType(typeof(FittedTargetMean), "target-mean")]
[JsonDerivedType(typeof(FittedGroupOutcome), "group-outcome")]
[JsonDerivedType(typeof(FittedScale), "scale")]
[JsonDerivedType(typeof(FittedQuantileNormal), "quantile-normal")]
[JsonDerivedType(typeof(FittedRareLevels), "rare-levels")]
[JsonDerivedType(typeof(FittedDateParts), "date-parts")]
[JsonDerivedType(typeof(FittedLogOfSkewed), "log-of-skewed")]
[JsonDerivedType(typeof(FittedSeriesHistory), "series-history")]
public interface IFittedEncoder
{
    /// <returns>The same rows with other columns.</returns>
    Dataset Transform(Dataset rows);
}
