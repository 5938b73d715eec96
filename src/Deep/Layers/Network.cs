using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>A network that the loop can train: some input tensors with the same first dimension in, one output tensor out.</summary>
/// <remarks>
/// Tables give (batch, numbers) float32 and (batch, categories) int64. The output is (batch, outputs), or (batch, members, outputs)
/// of a network that holds an ensemble: each member has its own loss.
/// </remarks>
public abstract class Network(string name) : nn.Module<Tensor[], Tensor>(name)
{
    /// <summary>Starts what depends on the training rows (bins, scales); called once, before training, under no_grad.</summary>
    /// <param name="inputs">All training rows.</param>
    /// <param name="random">For what is drawn.</param>
    public virtual void Prepare(Tensor[] inputs, Randomness random) { }

    /// <summary>From input to output, the prefixes of parameter names in each part that may be frozen or learn at a rate of its own; what none names belongs to the last. One part unless said.</summary>
    public virtual IReadOnlyList<string[]> Parts => [[]];

    /// <summary>Called when gradients have come back: throws what could not be thrown on the way.</summary>
    public virtual void CheckBackward() { }

    /// <summary>How many rows fit comfortably in one pass when only predicting.</summary>
    public virtual int PredictBatch => 8192;
}
