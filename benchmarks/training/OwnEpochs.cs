using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>A drawn table of numbers whose yes or no follows from three of them.</summary>
/// <param name="X">(rows, columns).</param>
/// <param name="Y">(rows, 1).</param>
sealed record DrawnTable(Tensor X, Tensor Y)
{
    public static DrawnTable Of(int rows, int columns, Randomness random, Device device)
    {
        var x = randn([rows, columns], generator: random.Host).to(device);
        return new(x, (x.select(1, 0) + x.select(1, 1) * x.select(1, 2) > 0).to(float32).unsqueeze(1));
    }

    /// <summary>As a network over tables wants them: the numbers, and no categories.</summary>
    public Tensor[] Inputs => [X, zeros([X.shape[0], 0], int64, X.device)];
}

/// <summary>This project's training on such a table, an epoch a call.</summary>
sealed class OwnEpochs(Network network, DrawnTable table, int batch, Randomness random) : IDisposable
{
    readonly Objective objective = new() { Task = TaskKind.Binary, Outputs = 1, Loss = new LogisticLoss() };
    readonly Optimizer optimizer = new(new AdamW(), ParameterGroup.Of(network));
    readonly ResidentRows rows = new(table.Inputs, table.Y);

    public void RunOne()
    {
        using var recorder = new Recorder(null);                              // reads the epoch's loss, and so waits for the device
        new Loop
        {
            Network = network, Train = rows, Loss = objective.LossOf, Optimizer = optimizer, Rate = 1e-3, Epochs = 1, BatchSize = batch, Random = random,
            Callbacks = [new StopOnNonFinite(), recorder],
        }.Run();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
    }
}
