using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Ends with the weights of the best epoch, and ends early when no better one comes.</summary>
/// <param name="patience">How many epochs without a better one are waited for; null: all.</param>
/// <param name="preferLater">Whether of equal scores the later epoch counts.</param>
public sealed class KeepBest(int? patience, bool preferLater = false) : ICallback, IDisposable
{
    Loop? loop;
    List<(string Name, Tensor Value)> best = [];

    public int BestEpoch { get; private set; }

    public double BestScore { get; private set; }

    /// <summary>The best weights so far, for checkpoints; empty before the first epoch.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Best => best;

    public void OnBegin(Loop loop)
    {
        this.loop = loop;
        if (best.Count == 0) BestScore = loop.Validation?.Worst ?? 0;
    }

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (end.Score is not { } score) return AfterEpoch.Continue;
        if (BestEpoch == 0 || loop!.Validation!.IsBetter(score, BestScore) || (preferLater && score == BestScore))
        {
            (BestEpoch, BestScore) = (end.Epoch, score);
            Snapshot(loop!.Network);
        }
        return IsOver(end.Epoch) ? AfterEpoch.Stop : AfterEpoch.Continue;
    }

    /// <summary>Whether a training that has come to this epoch has waited long enough for a better one.</summary>
    public bool IsOver(int epoch) => BestEpoch > 0 && epoch - BestEpoch >= (patience ?? int.MaxValue);

    public void OnEnd()
    {
        if (BestEpoch == 0 || BestEpoch == loop!.Epoch) return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var current = loop.Network.state_dict();
        foreach (var (name, value) in best) current[name].copy_(value);
    }

    /// <summary>Goes on from a checkpoint; takes over the tensors.</summary>
    public void Resume(int epoch, double score, List<(string Name, Tensor Value)> weights) => (BestEpoch, BestScore, best) = (epoch, score, weights);

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
