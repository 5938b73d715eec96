using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers.Elementwise;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Steps of equal size in the direction of the sign of a momentum; wants a third to a tenth of Adam's rate and more decay.</summary>
/// <remarks>Chen and others, arXiv 2302.06675.</remarks>
public sealed record Lion : IUpdate
{
    static readonly StateTensor[] remembered = [new("mean")];

    public double Rate { get; init => field = Require.Positive(value); } = 1e-4;

    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.99;

    public double Decay { get; init => field = Require.AtLeast(0, value); } = 0.1;

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace)
    {
        var (rate, beta1, decay) = (Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, group.Settings.Share(Decay * pace.Decay));
        if (group.Elementwise) ElementwiseStep.Take(group, new LionRule(rate, beta1, Beta2, kept: 1 - (rate * decay)));
        else scripts.Call("lion", [group.Parameters, group.Gradients, group.State[0], rate, beta1, Beta2, decay]);
    }
}
