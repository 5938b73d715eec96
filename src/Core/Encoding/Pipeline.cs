using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Encoding;

/// <summary>Encoders one after the other, each fitted on what the one before made of the training rows.</summary>
public sealed record Pipeline(ImmutableArray<IEncoder> Steps) : IEncoder
{
    public Encoded Fit(Dataset train, int seed)
    {
        var fitted = new List<IFittedEncoder>(Steps.Length);
        foreach (var step in Steps)
        {
            var encoded = step.Fit(train, seed);
            fitted.Add(encoded.Encoder);
            train = encoded.Train;
        }
        return new(new FittedPipeline(fitted), train);
    }

    public bool Equals(Pipeline? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Aggregate(Steps.Length, HashCode.Combine);
}

/// <summary>See <see cref="Pipeline"/>.</summary>
public sealed record FittedPipeline(IReadOnlyList<IFittedEncoder> Steps) : IFittedEncoder
{
    public Dataset Transform(Dataset rows) => Steps.Aggregate(rows, (encoded, step) => step.Transform(encoded));
}
