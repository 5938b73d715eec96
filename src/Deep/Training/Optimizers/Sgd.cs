using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers.Elementwise;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Gradient descent with momentum, Nesterov's by default; decay is part of the gradient.</summary>
public sealed record Sgd : IUpdate
{
    static readonly StateTensor[] remembered = [new("momentum")];

    public double Rate { get; init => field = Require.Positive(value); } = 0.1;

    public double Momentum { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public bool Nesterov { get; init; } = true;

    public double Decay { get; init => field = Require.AtLeast(0, value); }

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace)
    {
        var (rate, momentum, decay) = (Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Momentum, group.Settings.Share(Decay * pace.Decay));
        if (group.Elementwise) ElementwiseStep.Take(group, new SgdRule(rate, momentum, decay, Nesterov));
        else scripts.Call("sgd", [group.Parameters, group.Gradients, group.State[0], rate, momentum, decay, Nesterov && momentum > 0]);
    }
}
