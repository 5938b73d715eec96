using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam whose step of each tensor is as long as the tensor itself asks for: for very large batches.</summary>
/// <remarks>You and others, arXiv 1904.00962, as fastai does it: decoupled decay first, then Adam's step times min(|p| / |step|, 10), or 1 where either is 0.</remarks>
public sealed record Lamb : AdamFamily
{
    public Lamb() : base("lamb", StateStart.HostCount) { }

    public override void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace) =>
        Script(scripts, At(group, pace), group.Each, group.EachGradient, group.EachState);
}
