using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>A rule by which parameters move: a record of its settings.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamW), nameof(AdamW))]
public interface IUpdate
{
    /// <summary>What it remembers of each parameter.</summary>
    [JsonIgnore]
    IReadOnlyList<StateTensor> State { get; }

    /// <summary>The learning rate at factor 1.</summary>
    double Rate { get; }

    /// <param name="scripts">The compiled <see cref="OptimizerScripts"/>.</param>
    /// <param name="group">Parameters, gradients and state.</param>
    /// <param name="pace">Factor of <see cref="Rate"/>.</param>
    /// <param name="momentum">The schedule's momentum; null: the rule's own.</param>
    void Step(jit.CompilationUnit scripts, Optimizer.Group group, double pace, double? momentum);
}
