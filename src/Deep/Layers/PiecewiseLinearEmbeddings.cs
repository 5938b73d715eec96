using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each number becomes a vector: linear in it, plus learnt slopes that change at the training rows' quantiles.</summary>
/// <remarks>
/// (batch, features) → (batch, features × width). Gorishniy and others, arXiv 2203.05556, version "B" of rtdl_num_embeddings:
/// the slopes start at 0, so that a training starts from the linear part alone.
/// </remarks>
public sealed class PiecewiseLinearEmbeddings : nn.Module<Tensor, Tensor>
{
    readonly Parameter linear_weight, linear_bias, weight;
    readonly Tensor bin_scale, bin_shift, bin_least, bin_most;
    readonly int features, bins, width;

    public PiecewiseLinearEmbeddings(int features, int bins, int width, Randomness random) : base(nameof(PiecewiseLinearEmbeddings))
    {
        (this.features, this.bins, this.width) = (features, bins, width);
        var bound = 1 / Math.Sqrt(width);
        linear_weight = nn.Parameter(empty(features, width).uniform_(-bound, bound, random.Host));
        linear_bias = nn.Parameter(empty(features, width).uniform_(-bound, bound, random.Host));
        weight = nn.Parameter(zeros(features, bins, width));
        (bin_scale, bin_shift) = (zeros(features, bins), zeros(features, bins));
        (bin_least, bin_most) = (zeros(features, bins), zeros(features, bins));
        RegisterComponents();
    }

    /// <summary>Lays the bins between quantiles of the training rows.</summary>
    /// <param name="x">(rows, features)</param>
    public void Fit(Tensor x)
    {
        var (scale, shift, least, most) = (new float[features * bins], new float[features * bins], new float[features * bins], new float[features * bins]);
        for (var feature = 0; feature < features; feature++)
        {
            var edges = Edges(x.select(1, feature).cpu().contiguous().data<float>().ToArray());
            for (var bin = 0; bin + 1 < edges.Length; bin++)
            {
                var at = feature * bins + bin;
                scale[at] = 1 / (edges[bin + 1] - edges[bin]);
                shift[at] = -edges[bin] * scale[at];
                // The outer bins go on beyond what training rows had.
                least[at] = bin == 0 ? float.NegativeInfinity : 0;
                most[at] = bin + 2 == edges.Length ? float.PositiveInfinity : 1;
            }
        }
        bin_scale.copy_(tensor(scale, [features, bins]));
        bin_shift.copy_(tensor(shift, [features, bins]));
        bin_least.copy_(tensor(least, [features, bins]));
        bin_most.copy_(tensor(most, [features, bins]));
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        if (training && !x.requires_grad && x.contiguous() is var given && given.LieOnHost() && given.dtype == ScalarType.Float32)
            return PiecewiseLinearPass.apply(given, linear_weight, linear_bias, weight, bin_scale, bin_shift).flatten(1).MoveToOuterDisposeScope();
        var numbers = x.unsqueeze(2);                                                               // (batch, features, 1)
        var code = maximum(minimum(numbers * bin_scale + bin_shift, bin_most), bin_least);          // (batch, features, bins)
        var bent = code.transpose(0, 1).bmm(weight).transpose(0, 1);                                // (batch, features, width)
        return (numbers * linear_weight + linear_bias + bent).flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Quantiles, but a value that alone would fill a bin gets its two sides as edges and is then left out: of a column that is mostly 0
    /// the bins describe the rest, where plain quantiles would leave it a bin or two.
    /// </summary>
    float[] Edges(float[] values)
    {
        values = [.. values.Where(float.IsFinite).Order()];
        var most = values.Length / (double)bins;
        var runs = new List<(float Value, int Rows)>();
        foreach (var value in values)
            if (runs.Count > 0 && runs[^1].Value == value) runs[^1] = (value, runs[^1].Rows + 1);
            else runs.Add((value, 1));
        if (runs.Count <= bins + 1) return [.. runs.Select(r => r.Value)];

        var often = runs.Where(r => r.Rows > most).Select(r => r.Value).ToHashSet();
        float[] rest = [.. values.Where(x => !often.Contains(x))];
        var count = Math.Max(1, bins - often.Count);
        return [.. Enumerable.Range(0, count + 1).Select(i => Quantile(rest, i / (double)count)).Concat(often).Distinct().Order()];
    }

    static float Quantile(float[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? (float)(sorted[below] + (position - below) * (sorted[below + 1] - (double)sorted[below])) : sorted[^1];
    }
}
