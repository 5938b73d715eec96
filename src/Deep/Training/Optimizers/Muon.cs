using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Orthogonalised momentum for matrices; AdamW for vectors (biases, norms).</summary>
/// <remarks>Jordan, github.com/KellerJordan/Muon: five Newton–Schulz steps with 3.4445, −4.7750, 2.0315; the step grows with √(rows / columns). Higher tensors count as matrices of their first dimension.</remarks>
public sealed record Muon : IUpdate
{
    static readonly StateTensor[] remembered = [new("mean"), new("square"), new("steps", StateStart.Count)];

    public double Rate { get; init => field = Require.Positive(value); } = 0.02;

    public double Momentum { get; init => field = Require.Between(0, 1, value); } = 0.95;

    public double Decay { get; init => field = Require.AtLeast(0, value); }

    /// <summary>AdamW's rate for vectors, as a factor of <see cref="Rate"/>.</summary>
    public double VectorRate { get; init => field = Require.Positive(value); } = 0.05;

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => remembered;

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace)
    {
        var (rate, decay) = (Rate * pace.Rate * group.Settings.Rate, group.Settings.Share(Decay * pace.Decay));
        if (group.Each[0].dim() > 1)
            scripts.Call("muon", [group.Each, group.EachGradient, group.EachState[0], rate, Momentum, decay]);
        else
            new AdamW { Rate = Rate * VectorRate, Beta2 = 0.95, Epsilon = 1e-8, Decay = Decay }.Step(scripts, group, pace with { Momentum = null });
    }
}
