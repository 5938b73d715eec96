using System.Numerics.Tensors;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>The median of the members, row by row: nothing is fitted, and one member that is far off moves it little. For absolute errors above all.</summary>
public sealed record MedianEnsemble : IEnsemble
{
    public string Name { get; init; } = "median";

    public IBlend Fit(IReadOnlyList<Predictions> members, TargetValues answers, Func<Predictions, double> score, Metric metric, int seed) => new MedianBlend(members.Count);
}

/// <summary>See <see cref="MedianEnsemble"/>.</summary>
public sealed record MedianBlend(int Members) : IBlend
{
    public IReadOnlyList<double> Weights => [.. Enumerable.Repeat(1.0 / Members, Members)];

    public Predictions Blend(IReadOnlyList<Predictions> members)
    {
        var (outputs, said) = (members[0].Outputs, new float[members[0].Values.Values.Length]);
        var (all, own) = (members.Select(m => m.Values.Values).ToArray(), new float[members.Count]);
        for (var i = 0; i < said.Length; i++)
        {
            for (var m = 0; m < own.Length; m++) own[m] = all[m].Span[i];
            Array.Sort(own);
            said[i] = (own[(own.Length - 1) / 2] + own[own.Length / 2]) / 2;
        }
        // Medians of the chances of several classes need not sum to 1; those of labels need not at all.
        if (members[0].Kind == OutputKind.Probabilities && outputs > 1 && AreShares(members[0].Values)) Normalise(said, outputs);
        return new(members[0].Kind, new(said, outputs));
    }

    static bool AreShares(Matrix chances) => Enumerable.Range(0, chances.Rows).All(row => Math.Abs(TensorPrimitives.Sum(chances.Row(row)) - 1) < 1e-3);

    static void Normalise(float[] said, int outputs)
    {
        for (var start = 0; start < said.Length; start += outputs)
        {
            var row = said.AsSpan(start, outputs);
            if (TensorPrimitives.Sum<float>(row) is > 0 and var sum) TensorPrimitives.Divide(row, sum, row);
            else row.Fill(1f / outputs);
        }
    }
}
