using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>A training: epochs of batches. Everything else is a callback.</summary>
public sealed class Loop
{
    public required Network Network { get; init; }

    public required ResidentRows Train { get; init; }

    public required Objective Objective { get; init; }

    public required Optimizer Optimizer { get; init; }

    /// <summary>The learning rate at factor 1, for those who report it.</summary>
    public required double Rate { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>At most so many rows in one pass: a batch that is larger is accumulated in parts. Null: all.</summary>
    public int? AtOnce { get; init; }

    public required Randomness Random { get; init; }

    public ISchedule Schedule { get; init; } = new OneCycle();

    public EpochScoring? Validation { get; init; }

    public IReadOnlyList<ICallback> Callbacks { get; init; } = [];

    public CancellationToken Cancel { get; init; }

    /// <summary>Epochs finished; a resumed training starts with those of the checkpoint.</summary>
    public int Epoch { get; set; }

    /// <summary>Steps finished.</summary>
    public int Step { get; set; }

    public int Steps => Epochs * Train.Batches(BatchSize);

    public void Run()
    {
        foreach (var callback in Callbacks) callback.OnBegin(this);
        while (Epoch < Epochs)
        {
            Network.train();
            foreach (var rows in Train.Shuffled(BatchSize, Random))
            {
                Cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();                 // frees what this step makes
                using var slice = rows;
                var pace = Schedule.At(Step / (double)Steps);
                var loss = Backward(rows);
                Optimizer.Step(pace);
                Step++;
                foreach (var callback in Callbacks) callback.OnStep(new(Step, loss, Rate * pace.Rate));
            }
            Epoch++;
            foreach (var callback in Callbacks) callback.OnTrained();
            var end = new EpochEnd(Epoch, Validation?.Score(Network));
            if (Callbacks.Count(c => c.OnEpoch(end) is AfterEpoch.Stop) > 0) break;    // Count: all hear it
        }
        foreach (var callback in Callbacks) callback.OnEnd();
    }

    /// <summary>One step outside the epochs, for the rate finder.</summary>
    /// <returns>The loss before the step.</returns>
    internal double TrainOn(Tensor rows, Pace pace)
    {
        using var scope = NewDisposeScope();
        var loss = Backward(rows);
        Optimizer.Step(pace);
        return loss.item<float>();
    }

    /// <summary>Adds the batch's gradients, in parts that fit: a part counts by its share of the rows, so that the sum is that of the whole batch.</summary>
    Tensor Backward(Tensor rows)
    {
        var count = rows.shape[0];
        var parts = AtOnce is { } most ? (count + most - 1) / most : 1;
        Tensor? sum = null;
        for (long part = 0; part < parts; part++)
        {
            var (start, end) = (count * part / parts, count * (part + 1) / parts);
            var batch = Train[parts == 1 ? rows : rows.narrow(0, start, end - start)];
            var loss = Objective.LossOf(Network.call(batch.Inputs), batch);
            if (parts > 1) loss *= (end - start) / (double)count;
            loss.backward();
            sum = sum is null ? loss.detach() : sum + loss.detach();
        }
        return sum!;
    }
}
