using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>Loshchilov and Hutter, arXiv 1711.05101. fastai's betas, epsilon and decay are the defaults.</remarks>
public sealed record AdamW : IUpdate
{
    public double Rate { get; init => field = Require.Positive(value); } = 1e-3;

    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.99;

    public double Epsilon { get; init => field = Require.Positive(value); } = 1e-5;

    public double Decay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    static readonly StateTensor[] remembered = [new("mean"), new("square"), new("steps", StateStart.Count)];

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace) =>
        scripts.Call("adamw", [group.Parameters, group.Gradients, group.State[0], group.State[1], group.State[2],
            Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, Beta2, Epsilon, group.Settings.Decays ? Decay * pace.Decay : 0.0]);
}
