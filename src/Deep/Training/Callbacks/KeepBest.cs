using System.Globalization;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Ends with the weights of the best epoch, and ends early when no better one comes.</summary>
/// <param name="patience">How many epochs without a better one are waited for; null: all.</param>
/// <param name="preferLater">Whether of equal scores the later epoch counts.</param>
public sealed class KeepBest(int? patience, bool preferLater = false) : ICheckpointed, IDisposable
{
    Loop? loop;
    List<(string Name, Tensor Value)> best = [];

    public int BestEpoch { get; private set; }

    public double BestScore { get; private set; }

    public string Key => "best";

    public void OnBegin(Loop loop)
    {
        this.loop = loop;
        if (best.Count == 0) BestScore = loop.Validation?.Worst ?? 0;
    }

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (end.Score is not { } score || double.IsNaN(score)) return AfterEpoch.Continue;         // no score can be told from one that is not defined
        if (BestEpoch == 0 || loop!.Validation!.IsBetter(score, BestScore) || (preferLater && score == BestScore))
        {
            (BestEpoch, BestScore) = (end.Epoch, score);
            Snapshot(loop!.Network);
        }
        return end.Epoch - BestEpoch >= (patience ?? int.MaxValue) ? AfterEpoch.Stop : AfterEpoch.Continue;
    }

    public void OnEnd()
    {
        if (BestEpoch == 0) return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var current = loop!.Network.state_dict();
        foreach (var (name, value) in best) current[name].copy_(value);
    }

    public CallbackMemory Memory() => new(best.ToDictionary(b => b.Name, b => b.Value), new Dictionary<string, string>
    {
        ["epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
        ["score"] = BestScore.ToString("R", CultureInfo.InvariantCulture),
    });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        (BestEpoch, BestScore) = (int.Parse(memory.Texts["epoch"], CultureInfo.InvariantCulture), double.Parse(memory.Texts["score"], CultureInfo.InvariantCulture));
        best = [.. loop.Network.state_dict().Keys.Where(memory.Tensors.ContainsKey).Select(name => (name, memory.Tensors[name].to(loop.Train.Device).clone().DetachFromDisposeScope()))];
    }

    public void Dispose()
    {
        foreach (var (_, value) in best) value.Dispose();
    }

    void Snapshot(Network network)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        if (best.Count == 0)
            best = [.. network.state_dict().Select(s => (s.Key, s.Value.clone().DetachFromDisposeScope()))];
        else
            foreach (var ((_, kept), (_, value)) in best.Zip(network.state_dict())) kept.copy_(value);
    }
}
