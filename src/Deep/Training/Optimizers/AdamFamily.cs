using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Optimizers.Elementwise;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Rules that follow a running mean of the gradients and one of their squares; they differ in what they make of the two.</summary>
public abstract record AdamFamily : IUpdate
{
    readonly string script;

    /// <param name="script">The function of <see cref="OptimizerScripts"/>.</param>
    /// <param name="steps">Where steps are counted: on the host where the script reads the count.</param>
    private protected AdamFamily(string script, StateStart steps) => (this.script, State) = (script, [new("mean"), new("square"), new("steps", steps)]);

    public double Rate { get; init => field = Require.Positive(value); } = 1e-3;

    public double Beta1 { get; init => field = Require.Between(0, 1, value); } = 0.9;

    public double Beta2 { get; init => field = Require.Between(0, 1, value); } = 0.99;

    public double Epsilon { get; init => field = Require.Positive(value); } = 1e-5;

    public double Decay { get; init => field = Require.AtLeast(0, value); }

    [JsonIgnore]
    public IReadOnlyList<StateTensor> State { get; }

    public abstract void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace);

    /// <returns>What a group's step is made of.</returns>
    private protected AdamPace At(FlatGroup group, Pace pace) =>
        new(Rate * pace.Rate * group.Settings.Rate, pace.Momentum ?? Beta1, Beta2, Epsilon, group.Settings.Share(Decay * pace.Decay));

    /// <summary>A step by script.</summary>
    private protected void Script(jit.CompilationUnit scripts, AdamPace pace, Tensor[] parameters, Tensor[] gradients, Tensor[][] state) =>
        scripts.Call(script, [parameters, gradients, state[0], state[1], state[2], pace.Rate, pace.Beta1, pace.Beta2, pace.Epsilon, pace.Decay]);

    // What is remembered follows from the rule.
    public virtual bool Equals(AdamFamily? other) =>
        other is not null && EqualityContract == other.EqualityContract && (Rate, Beta1, Beta2, Epsilon, Decay) == (other.Rate, other.Beta1, other.Beta2, other.Epsilon, other.Decay);

    public override int GetHashCode() => HashCode.Combine(script, Rate, Beta1, Beta2, Epsilon, Decay);
}
