using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Moves parameters along their gradients, all of a group in one native call.</summary>
/// <remarks>Gradients live as long as the optimizer: backward adds to them, a step uses and clears them.</remarks>
public sealed class Optimizer : IDisposable
{
    readonly jit.CompilationUnit scripts = OptimizerScripts.Compile();
    readonly IUpdate update;
    readonly List<FusedGroup> groups = [];
    readonly Tensor[] gradients;

    /// <param name="update">The rule, with its settings.</param>
    /// <param name="parameters">What learns; frozen parameters are left out.</param>
    public Optimizer(IUpdate update, IReadOnlyList<ParameterGroup> parameters)
    {
        this.update = update;
        using var untracked = no_grad();
        foreach (var group in parameters)
        {
            var names = group.Parameters.Select(p => p.Name).ToArray();
            Tensor[] tensors = [.. group.Parameters.Select(p => p.Value)];
            Tensor[] grads = [.. tensors.Select(Gradient)];
            groups.Add(new(group, names, tensors, grads, [.. update.State.Select(s => tensors.Select(p => Start(p, s)).ToArray())]));
        }
        gradients = [.. groups.SelectMany(g => g.Gradients)];
    }

    /// <summary>Gradients longer than this (L2 over all parameters) are shortened to it; null: never.</summary>
    public double? Clip { get; init => field = value is { } v ? Require.Positive(v) : null; }

    /// <summary>Whether <see cref="GradientNorm"/> is wanted also where nothing is clipped.</summary>
    public bool Measures { get; init; }

    /// <summary>Multiplies losses and skips steps that are not finite; null: neither. Belongs to the caller.</summary>
    public LossScale? Scale { get; init; }

    /// <summary>The gradients' length (L2 over all parameters) before clipping at the last step; null unless they are clipped or measured.</summary>
    public Tensor? GradientNorm { get; private set; }

    /// <summary>Uses the gradients and clears them.</summary>
    public void Step(Pace pace)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        if (Scale is null || Scale.Unscale(scripts, gradients))
        {
            if (Clip is not null || Measures) Measure();
            if (Clip is { } most) scripts.Call("scale", gradients, (most / (GradientNorm! + 1e-6)).clamp(max: 1));
            foreach (var group in groups) update.Step(scripts, group, pace);
        }
        Clear();
    }

    /// <summary>Forgets what backward has added since the last step.</summary>
    public void Clear() => scripts.Call("clear", (object)gradients);

    /// <summary>What resuming needs: name of parameter and state, tensor. The tensors stay the optimizer's.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        (from g in groups
         from s in Enumerable.Range(0, g.State.Length)
         from p in Enumerable.Range(0, g.Names.Length)
         select ($"{g.Names[p]}.{update.State[s].Name}", g.State[s][p]))
        .Concat(Scale?.State.Select(s => ($"loss.{s.Name}", s.Value)) ?? []);

    public void Dispose()
    {
        foreach (var tensor in groups.SelectMany(g => g.State.SelectMany(s => s))) tensor.Dispose();
        foreach (var group in groups)
            for (var i = 0; i < group.Parameters.Length; i++)
            {
                group.Gradients[i].Dispose();
                group.Parameters[i].grad = null;
            }
        GradientNorm?.Dispose();
        scripts.Dispose();
    }

    void Measure()
    {
        GradientNorm?.Dispose();
        GradientNorm = ((Tensor)scripts.Call("norm", (object)gradients)!).DetachFromDisposeScope();
    }

    static Tensor Gradient(Tensor parameter)
    {
        parameter.grad = zeros_like(parameter);
        return parameter.grad!.DetachFromDisposeScope();
    }

    static Tensor Start(Tensor parameter, StateTensor state) => (state.Start switch
    {
        StateStart.Count => zeros([], float32, parameter.device),
        StateStart.HostCount => zeros([], float32, CPU),
        StateStart.Parameter => parameter.detach().clone(),
        _ => zeros_like(parameter),
    }).DetachFromDisposeScope();

    /// <summary>What one group's update works on, in the same order.</summary>
    /// <param name="Settings">Rate factor and decay.</param>
    /// <param name="Names">As in the network's state.</param>
    /// <param name="Parameters">The tensors that move.</param>
    /// <param name="Gradients">Their gradients.</param>
    /// <param name="State">For each of the rule's state tensors one a parameter.</param>
    public sealed record FusedGroup(ParameterGroup Settings, string[] Names, Tensor[] Parameters, Tensor[] Gradients, Tensor[][] State);
}
