using System.Globalization;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Judges and ends with a running mean of the weights instead of the last ones.</summary>
/// <remarks>
/// Place it after <see cref="KeepBest"/>, which then keeps the mean of its best epoch. Exponential: mean ← mean + (1 − decay)(weights − mean), with the
/// decay warmed up as (1 + steps) / (10 + steps); or the plain mean of the weights after each epoch from a given one on (stochastic weight averaging, arXiv 1803.05407).
/// Buffers, as batch norm's, are averaged alike.
/// </remarks>
public sealed class WeightAverage : ICheckpointed, IDisposable
{
    readonly double decay;
    readonly int? fromEpoch;
    Loop? loop;
    Tensor[] live = [], mean = [], aside = [];
    int counted;

    WeightAverage(double decay, int? fromEpoch) => (this.decay, this.fromEpoch) = (decay, fromEpoch);

    public string Key => "average";

    public static WeightAverage Exponential(double decay = 0.999) => new(Require.Between(0, 1, decay), null);

    public static WeightAverage OfEpochs(int from) => new(0, Require.AtLeast(1, from));

    public void OnBegin(Loop loop)
    {
        this.loop = loop;
        live = AveragedTensors.Of(loop);
        if (mean.Length > 0) return;                                        // resumed
        using var untracked = no_grad();
        mean = [.. live.Select(t => t.detach().clone().DetachFromDisposeScope())];
    }

    public void OnStep(StepEnd step)
    {
        if (fromEpoch is null) Add(1 - Math.Min(decay, (1.0 + step.Step) / (10.0 + step.Step)));
    }

    public void OnTrained()
    {
        if (fromEpoch is { } first && loop!.Epoch >= first) Add(1.0 / ++counted);
        if (fromEpoch is null || counted > 0) SwapIn();
    }

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        // Without validation rows there is no best epoch to go back to: the last mean stays.
        if (end.Score is not null || end.Epoch < loop!.Epochs) SwapBack();
        return AfterEpoch.Continue;
    }

    public CallbackMemory Memory() => new(
        mean.Select((value, i) => (Name: i.ToString(CultureInfo.InvariantCulture), value)).ToDictionary(m => m.Name, m => m.value),
        new Dictionary<string, string> { ["counted"] = counted.ToString(CultureInfo.InvariantCulture) });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        counted = int.Parse(memory.Texts["counted"], CultureInfo.InvariantCulture);
        mean = [.. AveragedTensors.Of(loop).Select((t, i) => memory.Tensors[i.ToString(CultureInfo.InvariantCulture)].to(t.device).clone().DetachFromDisposeScope())];
    }

    public void Dispose()
    {
        foreach (var tensor in mean.Concat(aside)) tensor.Dispose();
    }

    void Add(double share)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        for (var i = 0; i < live.Length; i++) mean[i].add_((live[i] - mean[i]) * share);
    }

    void SwapIn()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        aside = [.. live.Select(t => t.detach().clone().DetachFromDisposeScope())];
        for (var i = 0; i < live.Length; i++) live[i].copy_(mean[i]);
    }

    void SwapBack()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        for (var i = 0; i < aside.Length; i++) live[i].copy_(aside[i]);
        foreach (var tensor in aside) tensor.Dispose();
        aside = [];
    }
}
