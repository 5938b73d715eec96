using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>Weights, optimizer and chance as they are now: put back when disposed.</summary>
sealed class TrainingState : IDisposable
{
    readonly Loop loop;
    readonly DisposeScope scope = NewDisposeScope();
    readonly List<(Tensor Live, Tensor Copy)> copies;
    readonly (Tensor Host, Tensor Device) random;

    public TrainingState(Loop loop)
    {
        this.loop = loop;
        using var untracked = no_grad();
        copies = [.. loop.Network.state_dict().Values.Concat(loop.Optimizer.State.Select(s => s.Value)).Select(t => (t, t.detach().clone()))];
        random = loop.Random.State();
        loop.Network.train();
    }

    public void Dispose()
    {
        using (no_grad())
            foreach (var (live, copy) in copies) live.copy_(copy);
        loop.Random.Restore(random.Host, random.Device);
        scope.Dispose();
    }
}
