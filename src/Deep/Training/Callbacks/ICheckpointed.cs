using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>A callback that remembers something from one epoch to the next: <see cref="Checkpointing"/> writes it and gives it back.</summary>
public interface ICheckpointed : ICallback
{
    /// <summary>One word; two of a training differ.</summary>
    string Key { get; }

    /// <returns>What it remembers; the tensors stay its own.</returns>
    CallbackMemory Memory();

    /// <summary>Before the training goes on, and before <see cref="ICallback.OnBegin"/>.</summary>
    /// <param name="memory">The tensors are on the processor and not the callback's: copy them.</param>
    /// <param name="loop">The training that goes on.</param>
    void Restore(CallbackMemory memory, Loop loop);
}

public sealed record CallbackMemory(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Texts)
{
    public static readonly IReadOnlyDictionary<string, Tensor> NoTensors = new Dictionary<string, Tensor>();
}
