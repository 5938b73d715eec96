namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam whose first steps are rectified, so that it needs no warm-up; decay is decoupled.</summary>
/// <remarks>Liu and others, arXiv 1908.03265; rectified once ρ is above 5, as fastai and PyTorch do.</remarks>
public sealed record RAdam : AdamFamily
{
    public RAdam() : base("radam", StateStart.HostCount) { }
}
