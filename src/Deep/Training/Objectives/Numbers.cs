using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>(output − target)².</summary>
public sealed record SquaredErrorLoss : TrainingLoss
{
    public override bool Fits(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights) => Mean((output - target.unsqueeze(1)).pow(2), weights);
}

/// <summary>Squared near the truth, absolute beyond <see cref="Delta"/>: outliers pull less. In units of the target's deviation.</summary>
public sealed record HuberLoss : TrainingLoss
{
    public double Delta { get; init => field = Require.Positive(value); } = 1;

    public override bool Fits(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var error = (output - target.unsqueeze(1)).abs();
        var near = error.clamp(max: Delta);
        return Mean(near * (error - near * 0.5), weights);
    }
}

/// <summary>Each output learns its own quantile.</summary>
/// <remarks>Koenker and Bassett 1978.</remarks>
public sealed record PinballLoss : TrainingLoss
{
    /// <summary>Between 0 and 1, one for each output.</summary>
    public NumberList Levels { get; init; } = [0.5];

    public override bool Fits(TaskKind task) => task is TaskKind.Quantile or TaskKind.Regression;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var over = target.unsqueeze(1) - output;
        using var levels = Levels.ToTensor(output.device);
        return Mean(maximum(over * levels, over * (levels - 1)), weights);
    }
}

/// <summary>1 − the correlation of outputs and truth within the batch.</summary>
/// <remarks>For competitions scored by Pearson's r; batches should be large.</remarks>
public sealed record PearsonLoss : TrainingLoss
{
    public override bool Fits(TaskKind task) => task is TaskKind.Regression or TaskKind.Ordinal;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var w = weights is null ? null : weights.view(-1, 1, 1) / weights.mean();
        Tensor Centred(Tensor x) => x - (w is null ? x : x * w).mean([0], keepdim: true);
        Tensor Over(Tensor x) => (w is null ? x : x * w).mean([0]);
        var (a, b) = (Centred(output), Centred(target.unsqueeze(1)));
        return (1 - Over(a * b) / (Over(a * a) * Over(b * b) + 1e-8).sqrt()).mean();
    }
}
