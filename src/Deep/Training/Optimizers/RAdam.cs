using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam whose first steps are rectified, so that it needs no warm-up; decay is decoupled.</summary>
/// <remarks>Liu and others, arXiv 1908.03265; rectified once ρ is above 5, as fastai and PyTorch do.</remarks>
public sealed record RAdam : IUpdate
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
        scripts.Call("radam", [group.Parameters, group.Gradients, group.State[0], group.State[1], group.State[2],
            Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, Beta2, Epsilon, group.Settings.Decays ? Decay * pace.Decay : 0.0]);
}
