using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Another rule's steps, and every few of them back towards slow weights that follow.</summary>
/// <remarks>Zhang and others, arXiv 1907.08610: slow ← slow + α (fast − slow), fast ← slow.</remarks>
public sealed record Lookahead : IUpdate
{
    public required IUpdate Of { get; init; }

    /// <summary>Steps between two looks.</summary>
    public int Every { get; init => field = Require.AtLeast(1, value); } = 6;

    /// <summary>How far the slow weights follow: α.</summary>
    public double Share { get; init => field = Require.Between(0, 1, value); } = 0.5;

    /// <summary>fastai's ranger: <see cref="RAdam"/> underneath; goes with <see cref="FlatCosine"/>.</summary>
    public static Lookahead Ranger(double rate = 1e-3) => new() { Of = new RAdam { Rate = rate, Beta1 = 0.95, Epsilon = 1e-6, Decay = 0.01 } };

    [JsonIgnore]
    public double Rate => Of.Rate;

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State => [.. Of.State, new("slow", StateStart.Parameter), new("looks", StateStart.HostCount)];

    public void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace)
    {
        Of.Step(scripts, group, pace);                                   // its state comes first, and it looks at no more
        scripts.Call("lookahead", [group.Parameters, group.State[^2], group.State[^1], (long)Every, Share]);
    }
}
