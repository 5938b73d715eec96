using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>Of independent yes/no answers: −log of the chance given to what was true.</summary>
public sealed record LogisticLoss : TrainingLoss
{
    /// <summary>How far 0 and 1 are moved towards the middle.</summary>
    public double Smoothing { get; init => field = Require.Between(0, 0.5, value); }

    /// <summary>How much more a 1 counts than a 0: one number for all labels, or one for each.</summary>
    public NumberList PositiveWeights { get; init; } = [1];

    /// <summary>Whether 1 and 0 count alike however rare one is, label by label, whatever the weights say.</summary>
    public bool Balanced { get; init; }

    public override bool Fits(TaskKind task) => task is TaskKind.Binary or TaskKind.Multilabel;

    public override TrainingLoss FittedTo(TargetValues answers)
    {
        if (Balanced) return this with { Balanced = false, PositiveWeights = ClassBalance.OfLabels(answers) };
        if (PositiveWeights.Count != 1 && PositiveWeights.Count != answers.Outputs)
            throw new InputException($"LogisticLoss.PositiveWeights holds {PositiveWeights.Count} numbers, and there are {answers.Outputs} labels. Give one number for all, or one for each.");
        return this;
    }

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        if (Smoothing > 0) target = target * (1 - 2 * Smoothing) + Smoothing;
        var truth = target.unsqueeze(1).expand_as(output);
        using var positive = PositiveWeights.All(w => w == 1) ? null : PositiveWeights.ToTensor(output.device).expand(output.shape[2]);
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

    /// <summary>How much a row of each class counts, in the classes' order; empty: all alike.</summary>
    public NumberList ClassWeights { get; init; } = [];

    /// <summary>Whether classes count alike however rare they are, whatever the weights say.</summary>
    public bool Balanced { get; init; }

    public override bool Fits(TaskKind task) => task is TaskKind.Multiclass;

    public override TrainingLoss FittedTo(TargetValues answers)
    {
        ClassBalance.Check(ClassWeights, answers, nameof(CrossEntropyLoss));
        return Balanced ? this with { Balanced = false, ClassWeights = ClassBalance.Of(answers) } : this;
    }

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var (batch, members, classes) = (output.shape[0], output.shape[1], output.shape[2]);
        var truth = target.unsqueeze(1).expand(batch, members).reshape(-1);
        if (ClassWeights.Count > 0)
        {
            var ofClass = ClassWeights.ToTensor(output.device).index_select(0, target);
            weights = weights is null ? ofClass : weights * ofClass;
        }
        var each = nn.functional.cross_entropy(output.reshape(-1, classes), truth, reduction: weights is null ? nn.Reduction.Mean : nn.Reduction.None, label_smoothing: Smoothing);
        return weights is null ? each : Mean(each.view(batch, members), weights);
    }
}

/// <summary>Log loss that cares less for what is already known: times (1 − chance of the truth)^γ, and times the class's weight.</summary>
/// <remarks>Lin and others, arXiv 1708.02002; the weights are the paper's α, which are not made to sum to anything.</remarks>
public sealed record FocalLoss : TrainingLoss
{
    public double Gamma { get; init => field = Require.AtLeast(0, value); } = 2;

    /// <summary>How much each class counts, in the classes' order (of yes/no answers: no, then yes); empty: all alike.</summary>
    public NumberList ClassWeights { get; init; } = [];

    /// <summary>Whether classes count alike however rare they are, whatever the weights say; not for several labels.</summary>
    public bool Balanced { get; init; }

    public override bool Fits(TaskKind task) => task is TaskKind.Binary or TaskKind.Multiclass || (task is TaskKind.Multilabel && !Balanced);

    public override TrainingLoss FittedTo(TargetValues answers)
    {
        if (answers.Task != TaskKind.Multilabel || ClassWeights.Count != 2) ClassBalance.Check(ClassWeights, answers, nameof(FocalLoss));
        return Balanced ? this with { Balanced = false, ClassWeights = ClassBalance.Of(answers) } : this;
    }

    public override Tensor Of(Tensor output, Tensor target, Tensor? weights)
    {
        var ofClass = ClassWeights.Count > 0 ? ClassWeights.ToTensor(output.device) : null;
        Tensor logChance;
        if (target.dtype == ScalarType.Int64)
        {
            var truth = target.view(-1, 1, 1).expand(output.shape[0], output.shape[1], 1);
            logChance = nn.functional.log_softmax(output, 2).gather(2, truth);
            ofClass = ofClass?.index_select(0, target).view(-1, 1, 1);
        }
        else
        {
            logChance = nn.functional.logsigmoid((target * 2 - 1).unsqueeze(1) * output);
            if (ofClass is not null) ofClass = lerp(ofClass[0], ofClass[1], target).unsqueeze(1);
        }
        var each = -(1 - logChance.exp()).pow(Gamma) * logChance;
        return Mean(ofClass is null ? each : each * ofClass, weights);
    }
}
