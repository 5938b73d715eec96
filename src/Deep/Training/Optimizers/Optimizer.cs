using Kaggle.Core.Data;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Moves parameters along their gradients, all of a group in one call.</summary>
/// <remarks>Gradients live as long as the optimizer: backward adds to them, a step uses and clears them.</remarks>
public sealed class Optimizer : IDisposable
{
    readonly jit.CompilationUnit scripts = OptimizerScripts.Compile();
    readonly IUpdate update;
    readonly List<FlatGroup> groups = [];
    readonly Tensor[] gradients;

    /// <param name="update">The rule, with its settings.</param>
    /// <param name="parameters">What learns. From here on the parameters are views of one tensor a group.</param>
    public Optimizer(IUpdate update, IReadOnlyList<ParameterGroup> parameters) : this(update, parameters, scripted: false) { }

    /// <param name="scripted">Whether scripts are used on the processor too, so that those of graphics cards can be tried anywhere.</param>
    internal Optimizer(IUpdate update, IReadOnlyList<ParameterGroup> parameters, bool scripted)
    {
        this.update = update;
        using var untracked = no_grad();
        foreach (var group in parameters) groups.Add(new(group, update.State, scripts, scripted));
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
        if (Scale is not null && !Scale.Unscale(scripts, gradients))
        {
            Clear();
            return;
        }
        if (Clip is not null || Measures) Measure();
        if (Clip is { } most) scripts.Call("scale", gradients, (most / (GradientNorm! + 1e-6)).clamp(max: 1));
        foreach (var group in groups) update.Step(scripts, group, pace);
    }

    /// <summary>Forgets what backward has added since the last step.</summary>
    public void Clear() => scripts.Call("clear", (object)gradients);

    /// <summary>What resuming needs: name of parameter and state, tensor. The tensors stay the optimizer's.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        groups.SelectMany(g => g.Named).Concat(Scale?.State.Select(s => ($"loss.{s.Name}", s.Value)) ?? []);

    public void Dispose()
    {
        foreach (var group in groups) group.Dispose();
        GradientNorm?.Dispose();
        scripts.Dispose();
    }

    void Measure()
    {
        GradientNorm?.Dispose();
        GradientNorm = ((Tensor)scripts.Call("norm", (object)gradients)!).DetachFromDisposeScope();
    }
}
