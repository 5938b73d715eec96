using Kaggle.Deep.Training.Optimizers.Elementwise;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>Loshchilov and Hutter, arXiv 1711.05101. fastai's betas, epsilon and decay are the defaults.</remarks>
public sealed record AdamW : ElementwiseAdam
{
    public AdamW() : base("adamw", StateStart.Count) => Decay = 0.01;

    private protected override AdamRule Rule(AdamPace pace, double t) => pace.Corrected(t) with { Kept = (float)pace.Kept };
}
