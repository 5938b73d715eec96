using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Steps divided by the root of the gradients' running square; decay is part of the gradient. <see cref="AdamW"/> is nearly always the better choice.</summary>
/// <remarks>Kingma and Ba, arXiv 1412.6980, with the paper's settings.</remarks>
public sealed record Adam : IUpdate
{
    static readonly StateTensor[] remembered = [new("mean"), new("square"), new("steps", StateStart.Count)];

    public double Rate { get; init => field = Require.Positive(value); } = 1e-3;

    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.999;

    public double Epsilon { get; init => field = Require.Positive(value); } = 1e-8;

    public double Decay { get; init => field = Require.AtLeast(0, value); }

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace) =>
        scripts.Call("adam", [group.Parameters, group.Gradients, group.State[0], group.State[1], group.State[2],
            Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, Beta2, Epsilon, group.Settings.Decays ? Decay * pace.Decay : 0.0]);
}
