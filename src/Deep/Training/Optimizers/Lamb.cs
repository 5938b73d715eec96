using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam whose step of each tensor is as long as the tensor itself asks for: for very large batches.</summary>
/// <remarks>You and others, arXiv 1904.00962, as fastai does it: decoupled decay first, then Adam's step times min(|p| / |step|, 10), or 1 where either is 0.</remarks>
public sealed record Lamb : IUpdate
{
    static readonly StateTensor[] remembered = [new("mean"), new("square"), new("steps", StateStart.HostCount)];

    public double Rate { get; init => field = Require.Positive(value); } = 1e-3;

    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.99;

    public double Epsilon { get; init => field = Require.Positive(value); } = 1e-5;

    public double Decay { get; init => field = Require.AtLeast(0, value); }

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace) =>
        scripts.Call("lamb", [group.Each, group.EachGradient, group.EachState[0], group.EachState[1], group.State[2],
            Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, Beta2, Epsilon, group.Settings.Decays ? Decay * pace.Decay : 0.0]);
}
