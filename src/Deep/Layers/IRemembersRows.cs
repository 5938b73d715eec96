using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>A network that answers from training rows that it keeps.</summary>
public interface IRemembersRows
{
    /// <summary>Keeps rows; called once, before training, under no_grad.</summary>
    /// <param name="inputs">All training rows.</param>
    /// <param name="target">(rows, targets) float32, or (rows) int64 class codes.</param>
    /// <param name="random">For which rows are kept, where not all are.</param>
    /// <returns>(rows, …) what the network is given of a batch's rows beside its inputs, while it trains.</returns>
    Tensor[] Remember(Tensor[] inputs, Tensor target, Randomness random);
}
