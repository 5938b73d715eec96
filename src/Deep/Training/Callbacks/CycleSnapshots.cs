using System.Globalization;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Keeps the weights at the end of each of several equal stretches of a training, for an ensemble of what it passed through.</summary>
/// <remarks>Huang and others, arXiv 1704.00109; goes with <see cref="Schedules.CosineRestarts"/> of equal cycles.</remarks>
/// <param name="cycles">How many stretches.</param>
public sealed class CycleSnapshots(int cycles) : ICheckpointed, IDisposable
{
    readonly int cycles = Require.AtLeast(1, cycles);
    readonly List<Dictionary<string, Tensor>> taken = [];
    Loop? loop;

    public string Key => "snapshots";

    /// <summary>A network's state at each end, in order; they stay this object's.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Tensor>> Taken => taken;

    public void OnBegin(Loop loop) => this.loop = loop;

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        var done = (int)Math.Floor(end.Epoch * (double)cycles / loop!.Epochs + 1e-9);
        if (done > taken.Count) taken.Add(Copy(loop.Network.state_dict()));
        return AfterEpoch.Continue;
    }

    public CallbackMemory Memory() => new(
        taken.SelectMany((state, n) => state.Select(s => (Name: $"{n}.{s.Key}", s.Value))).ToDictionary(t => t.Name, t => t.Value),
        new Dictionary<string, string> { ["taken"] = taken.Count.ToString(CultureInfo.InvariantCulture) });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        for (var n = 0; n < int.Parse(memory.Texts["taken"], CultureInfo.InvariantCulture); n++)
            taken.Add(Copy(loop.Network.state_dict().Keys.ToDictionary(name => name, name => memory.Tensors[$"{n}.{name}"].to(loop.Train.Device))));
    }

    public void Dispose()
    {
        foreach (var tensor in taken.SelectMany(state => state.Values)) tensor.Dispose();
    }

    static Dictionary<string, Tensor> Copy(Dictionary<string, Tensor> state)
    {
        using var untracked = no_grad();
        return state.ToDictionary(s => s.Key, s => s.Value.detach().clone().DetachFromDisposeScope());
    }
}
