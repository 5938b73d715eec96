using System.Runtime.InteropServices;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>A training: epochs of batches. Everything else is a callback.</summary>
public sealed class Loop
{
    public required Network Network { get; init; }

    public required IRowSource Train { get; init; }

    public required BatchLoss Loss { get; init; }

    public required Optimizer Optimizer { get; init; }

    /// <summary>The learning rate at factor 1, for those who report it.</summary>
    public required double Rate { get; init; }

    public required int Epochs { get; init; }

    /// <summary>How many rows make a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>At most so many rows in one pass: a batch that is larger is accumulated in parts. Null: all.</summary>
    public int? AtOnce { get; set; }

    /// <summary>The share of each epoch's batches that is learned from; below 1 for quick trials.</summary>
    public double EpochShare { get; init; } = 1;

    public required Randomness Random { get; init; }

    public ISchedule Schedule { get; init; } = new OneCycle();

    /// <summary>What happens to a batch on the device before it is learned from.</summary>
    public IReadOnlyList<IBatchTransform> Transforms { get; init; } = [];

    public EpochScoring? Validation { get; init; }

    public IReadOnlyList<ICallback> Callbacks { get; init; } = [];

    public CancellationToken Cancel { get; init; }

    /// <summary>Epochs finished; a resumed training starts with those of the checkpoint.</summary>
    public int Epoch { get; set; }

    /// <summary>Steps finished.</summary>
    public int Step { get; set; }

    /// <summary>Factor on top of the schedule's, for callbacks that slow a training down.</summary>
    public double Slowdown { get; set; } = 1;

    /// <summary>A callback ended it before its last epoch.</summary>
    public bool Stopped { get; set; }

    public int StepsPerEpoch => Math.Max(1, (int)Math.Round(EpochShare * Train.Batches(BatchSize)));

    public int Steps => Epochs * StepsPerEpoch;

    public void Run()
    {
        foreach (var callback in Callbacks) callback.OnBegin(this);
        while (Epoch < Epochs && !Stopped)
        {
            Network.train();
            foreach (var rows in Train.Shuffled(BatchSize, Random).Take(StepsPerEpoch))
            {
                Cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();                 // frees what this step makes
                using var batch = rows;
                var pace = Schedule.At(Step / (double)Steps).Times(Slowdown);
                var loss = Backward(Transformed(batch));
                Optimizer.Step(pace);
                Step++;
                foreach (var callback in Callbacks) callback.OnStep(new(Step, loss, Rate * pace.Rate, pace.Momentum));
            }
            Epoch++;
            foreach (var callback in Callbacks) callback.OnTrained();
            var end = new EpochEnd(Epoch, Validation?.Score(Network));
            foreach (var callback in Callbacks) Stopped |= callback.OnEpoch(end) is AfterEpoch.Stop;
        }
        foreach (var callback in Callbacks) callback.OnEnd();
    }

    /// <summary>One step outside the epochs, for the rate finder.</summary>
    /// <returns>The loss before the step.</returns>
    internal double TrainOn(TrainingBatch batch, Pace pace)
    {
        using var scope = NewDisposeScope();
        var loss = Backward(Transformed(batch));
        Optimizer.Step(pace);
        return loss.item<float>();
    }

    /// <summary>Forward and backward in one pass and no step, for the batch-size finder.</summary>
    internal void TryBackward(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        Accumulate(Transformed(batch), parts: 1);
    }

    TrainingBatch Transformed(TrainingBatch batch)
    {
        using var untracked = no_grad();
        return Transforms.Aggregate(batch, (b, transform) => transform.Apply(b, Random));
    }

    /// <summary>Adds the batch's gradients; where the device's memory is short, in smaller parts from here on.</summary>
    Tensor Backward(TrainingBatch batch)
    {
        while (true)
        {
            try
            {
                return Accumulate(batch, AtOnce is { } most ? (int)((batch.Rows + most - 1) / most) : 1);
            }
            catch (ExternalException e) when (e.IsOutOfMemory() && batch.Rows > 1 && AtOnce != 1)
            {
                AtOnce = (int)((Math.Min(AtOnce ?? batch.Rows, batch.Rows) + 1) / 2);
                Optimizer.Clear();
                foreach (var callback in Callbacks) callback.OnHalved(AtOnce.Value);
            }
        }
    }

    /// <summary>Goes backward in parts that fit: a part counts by its share of the rows' weights, so that the sum of a loss over rows is that of the whole batch.</summary>
    Tensor Accumulate(TrainingBatch batch, int parts)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        for (var i = 0; i < parts; i++)
        {
            using var pass = NewDisposeScope();
            var (start, length) = EvenBatches.Bounds((int)batch.Rows, parts, i);
            var part = parts == 1 ? batch : batch.Part(start, length);
            var loss = Loss(Network.call(part.Inputs), part);
            if (parts > 1 && batch.Weights is { } weights) loss *= part.Weights!.sum() / weights.sum().clamp(min: 1e-12);
            else if (parts > 1) loss *= length / (double)batch.Rows;
            (Optimizer.Scale is { } scale ? loss * scale.Factor.squeeze() : loss).backward();
            Network.CheckBackward();
            sum = (sum is null ? loss.detach() : sum + loss.detach()).MoveToOuterDisposeScope();
        }
        return sum!.MoveToOuterDisposeScope();
    }
}
