using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Objectives;

/// <summary>What is learned: answers as tensors, a loss between, outputs back as predictions. Follows from the target's kind.</summary>
public sealed record Objective
{
    public required TaskKind Task { get; init; }

    /// <summary>How many numbers the network says of a row.</summary>
    public required int Outputs { get; init; }

    public required TrainingLoss Loss { get; init; }

    /// <summary>Per target, of numbers: subtracted before learning and added back; empty of classes.</summary>
    public ImmutableArray<float> Mean { get; init; } = [];

    /// <summary>Per target, of numbers: divided by.</summary>
    public ImmutableArray<float> Deviation { get; init; } = [];

    /// <summary>Per target the least and most that a prediction may be; empty: anything.</summary>
    public ImmutableArray<float> Least { get; init; } = [];

    public ImmutableArray<float> Most { get; init; } = [];

    /// <param name="answers">Of the training rows: numbers are standardised by them.</param>
    /// <param name="loss">Null: the default of the target's kind.</param>
    /// <param name="clamp">Whether predictions of numbers stay within those of the training rows.</param>
    /// <exception cref="InputException">The loss does not fit the target.</exception>
    public static Objective For(TargetValues answers, TrainingLoss? loss = null, bool clamp = false)
    {
        loss ??= TrainingLoss.For(answers.Target);
        if (!loss.Fits(answers.Task))
            throw new InputException($"{loss.GetType().Name} is no loss for a target of the kind {answers.Task}; leave Loss out for the default, {TrainingLoss.For(answers.Target).GetType().Name}.");
        var objective = new Objective { Task = answers.Task, Outputs = answers.Outputs, Loss = loss.FittedTo(answers) };
        if (answers.Task is not (TaskKind.Regression or TaskKind.Quantile or TaskKind.Ordinal)) return objective;

        var columns = Enumerable.Range(0, answers.Learned.Columns).Select(c => answers.Learned.Column(c).ToArray()).ToList();
        foreach (var column in columns)
            if (!column.All(float.IsFinite))
                throw new InputException($"The target {string.Join(", ", answers.Target.Columns)} holds values that cannot be learned (missing or infinite on the learned scale).");
        var mean = columns.Select(c => c.Average(x => (double)x)).ToArray();
        var deviation = columns.Select((c, i) => Math.Sqrt(c.Average(x => (x - mean[i]) * (x - mean[i])))).ToArray();
        objective = objective with { Mean = [.. mean.Select(m => (float)m)], Deviation = [.. deviation.Select((d, i) => (float)Math.Max(d, 1e-6 * Math.Max(1, Math.Abs(mean[i]))))] };     // of a constant answer nothing but the mean is left
        if (answers.Task == TaskKind.Ordinal) return objective with { Least = [0], Most = [Math.Max(0, answers.Classes.Length - 1)] };
        return clamp ? objective with { Least = [.. columns.Select(c => c.Min())], Most = [.. columns.Select(c => c.Max())] } : objective;
    }

    /// <returns>(rows, targets) float32, numbers standardised, or (rows) int64 class codes.</returns>
    public Tensor Targets(TargetValues answers, Device device)
    {
        using var scope = NewDisposeScope();
        var values = tensor(answers.Learned.Values.ToArray(), [answers.Rows, answers.Learned.Columns], device: device);
        if (Task == TaskKind.Multiclass) values = values.select(1, 0).to(ScalarType.Int64);
        else if (Mean.Length > 0) values = (values - Row(Mean, device)) / Row(Deviation, device);
        return values.contiguous().DetachFromDisposeScope();
    }

    /// <param name="output">(batch, outputs) or (batch, members, outputs).</param>
    public Tensor LossOf(Tensor output, TrainingBatch batch)
    {
        output = WithMembers(output);
        if (batch.Blend is not { } blend) return Loss.Of(output, batch.Target, batch.Weights);
        // Both answers of each row as rows of their own, weighed by their shares: right for every loss that is a mean over rows.
        var shares = cat([blend.Share, 1 - blend.Share]);
        var weights = batch.Weights is { } w ? cat([w, w]) * shares : shares;
        return Loss.Of(cat([output, output]), cat([batch.Target, blend.Target]), weights);
    }

    /// <param name="output">(batch, outputs) or (batch, members, outputs).</param>
    /// <returns>(batch, outputs) probabilities, or values on the learned scale: the mean over members.</returns>
    public Tensor Decode(Tensor output)
    {
        output = WithMembers(output);
        switch (Task)
        {
            case TaskKind.Binary or TaskKind.Multilabel: return output.sigmoid().mean([1]);
            case TaskKind.Multiclass: return nn.functional.softmax(output, 2).mean([1]);
        }
        var values = output.mean([1]) * Row(Deviation, output.device) + Row(Mean, output.device);
        if (Least.Length > 0) values = maximum(minimum(values, Row(Most, output.device)), Row(Least, output.device));
        return Task == TaskKind.Quantile ? values.sort(1).Values : values;       // quantiles never cross
    }

    public OutputKind Kind => Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel ? OutputKind.Probabilities : OutputKind.Values;

    static Tensor WithMembers(Tensor output) => output.dim() == 2 ? output.unsqueeze(1) : output;

    static Tensor Row(ImmutableArray<float> values, Device device) => tensor(values.ToArray(), device: device).unsqueeze(0);
}
