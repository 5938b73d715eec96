namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Something that a rule remembers of each parameter.</summary>
/// <param name="Name">In checkpoints.</param>
/// <param name="Start">What it is before the first step.</param>
public sealed record StateTensor(string Name, StateStart Start = StateStart.Zeros);

public enum StateStart
{
    /// <summary>Shaped as the parameter.</summary>
    Zeros,

    /// <summary>A copy of the parameter.</summary>
    Parameter,

    /// <summary>A scalar 0 on the parameter's device, where fused kernels want it.</summary>
    Count,

    /// <summary>A scalar 0 on the processor, for rules that read it: a device would have to be waited for.</summary>
    HostCount,
}
