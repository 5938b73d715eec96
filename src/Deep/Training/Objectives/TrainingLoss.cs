using System.Text.Json.Serialization;
using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>How wrong outputs are.</summary>
/// <remarks>Outputs come as (batch, members, outputs): each member of an ensemble has its own loss, and the mean of the losses is learned, never the loss of the mean.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LogisticLoss), nameof(LogisticLoss))]
[JsonDerivedType(typeof(CrossEntropyLoss), nameof(CrossEntropyLoss))]
[JsonDerivedType(typeof(FocalLoss), nameof(FocalLoss))]
[JsonDerivedType(typeof(SquaredErrorLoss), nameof(SquaredErrorLoss))]
[JsonDerivedType(typeof(HuberLoss), nameof(HuberLoss))]
[JsonDerivedType(typeof(PinballLoss), nameof(PinballLoss))]
[JsonDerivedType(typeof(PearsonLoss), nameof(PearsonLoss))]
public abstract record TrainingLoss
{
    public abstract bool Fits(TaskKind task);

    /// <returns>The same loss with what follows from the training rows' answers, such as weights of classes.</returns>
    /// <exception cref="InputException">Its settings do not fit these answers.</exception>
    public virtual TrainingLoss FittedTo(TargetValues answers) => this;

    /// <param name="output">(batch, members, outputs) float32, as the network says it.</param>
    /// <param name="target">(batch, targets) float32, or (batch) int64 class codes.</param>
    /// <param name="weights">(batch) or null.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Of(Tensor output, Tensor target, Tensor? weights);

    /// <returns>The default for a kind of answer.</returns>
    public static TrainingLoss For(Target target) => target switch
    {
        BinaryTarget or LabelsTarget => new LogisticLoss(),
        ClassTarget => new CrossEntropyLoss(),
        QuantileTarget quantiles => new PinballLoss { Levels = [.. quantiles.Levels] },
        _ => new SquaredErrorLoss(),
    };

    /// <param name="each">(batch, …) losses.</param>
    private protected static Tensor Mean(Tensor each, Tensor? weights)
    {
        if (weights is null) return each.mean();
        var rows = each.dim() > 1 ? each.flatten(1).mean([1]) : each;
        return (rows * weights).sum() / weights.sum().clamp(min: 1e-12);
    }
}
