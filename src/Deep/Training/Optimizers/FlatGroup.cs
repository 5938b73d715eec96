using Kaggle.Deep.Training.Optimizers.Elementwise;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>A group's parameters laid end to end: one long tensor, of which each parameter is a view, and so for gradients and what a rule remembers.</summary>
/// <remarks>A step over sixty small tensors is then one kernel, not sixty. Each view starts at a multiple of 64 bytes; what lies between is zero and stays zero.</remarks>
public sealed class FlatGroup : IDisposable
{
    const int Aligned = 16;                                                  // floats

    readonly ParameterGroup settings;
    readonly long[] starts;
    readonly IReadOnlyList<StateTensor> remembered;

    /// <param name="scripted">Whether scripts are used on the processor too.</param>
    internal FlatGroup(ParameterGroup settings, IReadOnlyList<StateTensor> remembered, jit.CompilationUnit scripts, bool scripted = false)
    {
        (this.settings, this.remembered) = (settings, remembered);
        Each = [.. settings.Parameters.Select(p => (Tensor)p.Value)];
        starts = new long[settings.Parameters.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = Length;
            Length += (Each[i].numel() + Aligned - 1) / Aligned * Aligned;
        }
        Device = Each[0].device;
        Elementwise = Device.type == TorchSharp.DeviceType.CPU && !scripted;
        using var scope = NewDisposeScope();
        Parameters = [Zeros()];
        Gradients = [Zeros()];
        var views = Views(Parameters[0]);
        for (var i = 0; i < views.Length; i++) views[i].copy_(Each[i]);
        scripts.Call("own", Each, views);
        EachGradient = [.. Views(Gradients[0]).Select(v => v.DetachFromDisposeScope())];
        for (var i = 0; i < EachGradient.Length; i++) settings.Parameters[i].Value.grad = EachGradient[i];
        State = [.. remembered.Select(s => new[] { Start(s) })];
        EachState = [.. State.Select((s, i) => IsCount(i) ? s : [.. Views(s[0]).Select(v => v.DetachFromDisposeScope())])];
    }

    /// <summary>Rate factor and decay.</summary>
    public ParameterGroup Settings => settings;

    public Device Device { get; }

    /// <summary>Whether a rule that moves each number by itself takes an <see cref="ElementwiseStep"/>; else a script does it.</summary>
    internal bool Elementwise { get; }

    /// <summary>Numbers of the long tensor, a multiple of sixteen.</summary>
    internal long Length { get; }

    /// <summary>One long tensor, in an array as the scripts want it.</summary>
    public Tensor[] Parameters { get; }

    /// <inheritdoc cref="Parameters"/>
    public Tensor[] Gradients { get; }

    /// <summary>For each of the rule's state tensors one long tensor, or a count.</summary>
    public Tensor[][] State { get; }

    /// <summary>The parameters themselves, for rules that look at one after the other.</summary>
    public Tensor[] Each { get; }

    public Tensor[] EachGradient { get; }

    /// <summary>For each of the rule's state tensors a view for each parameter, or one count.</summary>
    public Tensor[][] EachState { get; }

    /// <summary>What resuming needs: names as in the network's state.</summary>
    internal IEnumerable<(string Name, Tensor Value)> Named =>
        from s in Enumerable.Range(0, EachState.Length)
        from p in Enumerable.Range(0, IsCount(s) ? 1 : Each.Length)
        select ($"{settings.Parameters[p].Name}.{remembered[s].Name}", EachState[s][p]);

    public void Dispose()
    {
        foreach (var parameter in Each) parameter.grad = null;
        foreach (var tensor in EachState.Concat(State).SelectMany(s => s).Concat(EachGradient).Concat(Gradients).Concat(Parameters)) tensor.Dispose();
    }

    bool IsCount(int state) => remembered[state].Start is StateStart.Count or StateStart.HostCount;

    Tensor Start(StateTensor state) => state.Start switch
    {
        StateStart.Count => zeros([], float32, Device).DetachFromDisposeScope(),
        StateStart.HostCount => zeros([], float32, CPU).DetachFromDisposeScope(),
        StateStart.Parameter => Parameters[0].clone().DetachFromDisposeScope(),
        _ => Zeros(),
    };

    Tensor Zeros() => zeros([Length], float32, Device).DetachFromDisposeScope();

    // With the parameter's own strides: weights of convolutions may lie channels last.
    Tensor[] Views(Tensor flat) => [.. Each.Select((p, i) => flat.as_strided(p.shape, p.stride(), starts[i]))];
}
