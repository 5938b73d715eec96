using System.Globalization;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Ends with a mean of the best epochs' weights, as far as the validation rows' score gains by it.</summary>
/// <remarks>Wortsman and others, arXiv 2203.05482, over the epochs of one training: from the best on, each next is added if the mean scores better. Place it after <see cref="KeepBest"/>; without validation rows it does nothing.</remarks>
/// <param name="most">How many epochs are kept to choose from.</param>
public sealed class GreedySoup(int most = 3) : ICheckpointed, IDisposable
{
    readonly int most = Require.AtLeast(1, most);
    List<(double Score, Tensor[] Weights)> kept = [];                        // best first
    Loop? loop;

    public string Key => "soup";

    /// <summary>How many epochs the final weights are the mean of; 0 before the end.</summary>
    public int Ingredients { get; private set; }

    public void OnBegin(Loop loop) => this.loop = loop;

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (end.Score is not { } score || double.IsNaN(score)) return AfterEpoch.Continue;
        var place = kept.TakeWhile(k => !loop!.Validation!.IsBetter(score, k.Score)).Count();
        if (place == most) return AfterEpoch.Continue;
        kept.Insert(place, (score, Copies(AveragedTensors.Of(loop!))));
        while (kept.Count > most)
        {
            Free(kept[^1].Weights);
            kept.RemoveAt(kept.Count - 1);
        }
        return AfterEpoch.Continue;
    }

    public void OnEnd()
    {
        if (kept.Count == 0) return;
        using var untracked = no_grad();
        var (live, soup, best) = (AveragedTensors.Of(loop!), Copies(kept[0].Weights), kept[0].Score);
        Ingredients = 1;
        foreach (var (_, weights) in kept.Skip(1))
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < live.Length; i++) live[i].copy_(soup[i] + (weights[i] - soup[i]) / (Ingredients + 1));
            if (loop!.Validation!.Score(loop.Network) is var score && !loop.Validation.IsBetter(score, best)) continue;
            (best, Ingredients) = (score, Ingredients + 1);
            for (var i = 0; i < live.Length; i++) soup[i].copy_(live[i]);
        }
        for (var i = 0; i < live.Length; i++) live[i].copy_(soup[i]);
        Free(soup);
    }

    public CallbackMemory Memory() => new(
        kept.SelectMany((k, n) => k.Weights.Select((w, i) => (Name: $"{n}.{i}", w))).ToDictionary(t => t.Name, t => t.w),
        new Dictionary<string, string> { ["scores"] = string.Join(' ', kept.Select(k => k.Score.ToString("R", CultureInfo.InvariantCulture))) });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        var live = AveragedTensors.Of(loop);
        kept = [.. memory.Texts["scores"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((score, n) =>
            (double.Parse(score, CultureInfo.InvariantCulture), live.Select((t, i) => memory.Tensors[$"{n}.{i}"].to(t.device).clone().DetachFromDisposeScope()).ToArray()))];
    }

    public void Dispose()
    {
        foreach (var (_, weights) in kept) Free(weights);
    }

    static Tensor[] Copies(Tensor[] tensors)
    {
        using var untracked = no_grad();
        return [.. tensors.Select(t => t.detach().clone().DetachFromDisposeScope())];
    }

    static void Free(Tensor[] tensors)
    {
        foreach (var tensor in tensors) tensor.Dispose();
    }
}
