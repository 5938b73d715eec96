using System.Text.Json.Serialization;

namespace Kaggle.Deep.Training.Schedules;

/// <summary>How learning rate and momentum move over a training.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), nameof(ConstantSchedule))]
[JsonDerivedType(typeof(OneCycle), nameof(OneCycle))]
[JsonDerivedType(typeof(FourCycles), nameof(FourCycles))]
[JsonDerivedType(typeof(FlatCosine), nameof(FlatCosine))]
[JsonDerivedType(typeof(CosineRestarts), nameof(CosineRestarts))]
[JsonDerivedType(typeof(WarmUp), nameof(WarmUp))]
[JsonDerivedType(typeof(Polynomial), nameof(Polynomial))]
public interface ISchedule
{
    /// <param name="progress">The share of all batches done, 0 to 1, before the batch.</param>
    Pace At(double progress);
}

/// <param name="Rate">Factor of the learning rate.</param>
/// <param name="Momentum">Momentum, or Adam's first beta; null: the optimizer's own.</param>
/// <param name="Decay">Factor of the weight decay.</param>
public readonly record struct Pace(double Rate, double? Momentum = null, double Decay = 1)
{
    public Pace Times(double rate) => this with { Rate = Rate * rate };

    /// <summary>Half a cosine from a to b.</summary>
    public static double Cosine(double a, double b, double t) => a + (1 + Math.Cos(Math.PI * (1 - t))) * (b - a) / 2;
}
