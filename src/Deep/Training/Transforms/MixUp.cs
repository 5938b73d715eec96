using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Transforms;

/// <summary>Learns from blends of two rows and, in the same shares, of their losses.</summary>
/// <remarks>Zhang and others, arXiv 1710.09412, as fastai does it: a share for each row from Beta(α, α), at least ½ its own. Inputs of codes cannot be blended.</remarks>
public sealed record MixUp : IBatchTransform
{
    public double Alpha { get; init => field = Require.Positive(value); } = 0.4;

    /// <exception cref="InputException">An input holds codes.</exception>
    public TrainingBatch Apply(TrainingBatch batch, Randomness random)
    {
        if (batch.Inputs.Any(x => !x.is_floating_point() && x.numel() > 0))
            throw new InputException("MixUp blends numbers, and this network also takes codes (categories, words). Leave MixUp out.");
        var rows = batch.Rows;
        var alpha = full([rows, 2], Alpha, float32, batch.Target.device);
        var share = _sample_dirichlet(alpha, random.Device).select(1, 0);           // (batch) Beta(α, α)
        share = maximum(share, 1 - share);
        var other = randperm(rows, int64, generator: random.Host).to(batch.Target.device);
        Tensor Blend(Tensor x)
        {
            if (!x.is_floating_point()) return x;
            var own = share.view([rows, .. Enumerable.Repeat(1L, (int)x.dim() - 1)]).to(x.dtype);
            return x * own + x.index_select(0, other) * (1 - own);
        }
        return batch with { Inputs = Array.ConvertAll(batch.Inputs, Blend), Blend = new(batch.Target.index_select(0, other), share) };
    }
}
