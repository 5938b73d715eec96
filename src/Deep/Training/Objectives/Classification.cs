using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>Of independent yes/no answers: −log of the chance given to what was true.</summary>
public sealed record LogisticLoss : TrainingLoss
{
    /// <summary>How far 0 and 1 are moved towards the middle.</summary>
    public double Smoothing { get; init => field = Require.Between(0, 0.5, value); }

    /// <summary>How much more a 1 counts than a 0.</summary>
    public double PositiveWeight { get; init => field = Require.Positive(value); } = 1;

    public override bool Fits(TaskKind task) => task is TaskKind.Binary or TaskKind.Multilabel;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        if (Smoothing > 0) target = target * (1 - 2 * Smoothing) + Smoothing;
        var truth = target.unsqueeze(1).expand_as(output);
        using var positive = PositiveWeight == 1 ? null : full([output.shape[2]], PositiveWeight, float32, output.device);
        return weights is null
            ? nn.functional.binary_cross_entropy_with_logits(output, truth, pos_weights: positive)
            : Mean(nn.functional.binary_cross_entropy_with_logits(output, truth, reduction: nn.Reduction.None, pos_weights: positive), weights);
    }
}

/// <summary>Of one class in several: −log of the chance given to the true one.</summary>
public sealed record CrossEntropyLoss : TrainingLoss
{
    /// <summary>The share of the truth that is spread over all classes; 0.1 is usual, and wrong where probabilities are scored.</summary>
    public double Smoothing { get; init => field = Require.Between(0, 1, value); }

    public override bool Fits(TaskKind task) => task is TaskKind.Multiclass;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var (batch, members, classes) = (output.shape[0], output.shape[1], output.shape[2]);
        var truth = target.unsqueeze(1).expand(batch, members).reshape(-1);
        var each = nn.functional.cross_entropy(output.reshape(-1, classes), truth, reduction: weights is null ? nn.Reduction.Mean : nn.Reduction.None, label_smoothing: Smoothing);
        return weights is null ? each : Mean(each.view(batch, members), weights);
    }
}

/// <summary>Log loss that cares less for what is already known: times (1 − chance of the truth)^γ.</summary>
/// <remarks>Lin and others, arXiv 1708.02002.</remarks>
public sealed record FocalLoss : TrainingLoss
{
    public double Gamma { get; init => field = Require.AtLeast(0, value); } = 2;

    public override bool Fits(TaskKind task) => task is TaskKind.Binary or TaskKind.Multilabel or TaskKind.Multiclass;

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        Tensor logChance;
        if (target.dtype == ScalarType.Int64)
        {
            var truth = target.view(-1, 1, 1).expand(output.shape[0], output.shape[1], 1);
            logChance = nn.functional.log_softmax(output, 2).gather(2, truth);
        }
        else
        {
            logChance = nn.functional.logsigmoid((target * 2 - 1).unsqueeze(1) * output);
        }
        return Mean(-(1 - logChance.exp()).pow(Gamma) * logChance, weights);
    }
}
