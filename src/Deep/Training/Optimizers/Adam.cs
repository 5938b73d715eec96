using Kaggle.Deep.Training.Optimizers.Elementwise;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Steps divided by the root of the gradients' running square; decay is part of the gradient. <see cref="AdamW"/> is nearly always the better choice.</summary>
/// <remarks>Kingma and Ba, arXiv 1412.6980, with the paper's settings.</remarks>
public sealed record Adam : ElementwiseAdam
{
    public Adam() : base("adam", StateStart.Count) => (Beta2, Epsilon) = (0.999, 1e-8);

    private protected override AdamRule Rule(AdamPace pace, double t) => pace.Corrected(t) with { Decay = (float)pace.Decay };
}
