using System.Text.Json.Serialization;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>A rule by which parameters move: a record of its settings.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdamW), nameof(AdamW))]
[JsonDerivedType(typeof(Sgd), nameof(Sgd))]
[JsonDerivedType(typeof(Lion), nameof(Lion))]
[JsonDerivedType(typeof(RAdam), nameof(RAdam))]
[JsonDerivedType(typeof(Muon), nameof(Muon))]
[JsonDerivedType(typeof(Adam), nameof(Adam))]
[JsonDerivedType(typeof(Lamb), nameof(Lamb))]
[JsonDerivedType(typeof(Lookahead), nameof(Lookahead))]
public interface IUpdate
{
    /// <summary>What it remembers of each parameter.</summary>
    [JsonIgnore]
    IReadOnlyList<StateTensor> State { get; }

    /// <summary>The learning rate at factor 1.</summary>
    double Rate { get; }

    /// <summary>Moves a group's parameters and sets its gradients to zero.</summary>
    /// <param name="scripts">The compiled <see cref="OptimizerScripts"/>.</param>
    /// <param name="group">Parameters, gradients and state.</param>
    /// <param name="pace">Factors of this step; the group's own come on top.</param>
    void Step(jit.CompilationUnit scripts, FlatGroup group, Pace pace);
}
