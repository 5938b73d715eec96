using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Optimizers.Elementwise;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Those of the family that move each number by itself.</summary>
public abstract record ElementwiseAdam : AdamFamily
{
    private protected ElementwiseAdam(string script, StateStart steps) : base(script, steps) { }

    public sealed override void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace)
    {
        if (group.Elementwise) ElementwiseStep.Take(group, Rule(At(group, pace), t: ++group.State[2][0].Numbers<float>()[0]));
        else Script(scripts, At(group, pace), group.Parameters, group.Gradients, group.State);
    }

    /// <param name="t">The number of the step, the first being 1.</param>
    private protected abstract AdamRule Rule(AdamPace pace, double t);
}
