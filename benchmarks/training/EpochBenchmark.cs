using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>An epoch of Mlp on 200,000 × 30 rows in batches of 1,024: this project's loop beside the same network under TorchSharp's DataLoader and AdamW.</summary>
static class EpochBenchmark
{
    const int Rows = 200_000, Columns = 30, Batch = 1024, Rounds = 5;

    public static int Run()
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var x = randn([Rows, Columns], generator: random.Host);
        var y = (x.select(1, 0) + x.select(1, 1) * x.select(1, 2) > 0).to(float32).unsqueeze(1);
        var took = Stopclock.InTurns(Rounds, Ours(x, y, random, TrainingPrecision.Float32), Ours(x, y, random, TrainingPrecision.BFloat16), Theirs(x, y));
        Stopclock.Say("this project", took[0]);
        Stopclock.Say("this project, bfloat16", took[1]);
        Stopclock.Say("TorchSharp's DataLoader and AdamW", took[2]);
        Stopclock.SayRatio("TorchSharp's / this project", took[2], took[0]);
        Stopclock.SayRatio("TorchSharp's / this project, bfloat16", took[2], took[1]);
        return 0;
    }

    static MlpNetwork Network(Randomness random, TrainingPrecision precision) => new(Columns, Columns, [], new() { Hidden = [200, 100] }, 1, random, new MatrixPrecision(precision));

    static Action Ours(Tensor x, Tensor y, Randomness random, TrainingPrecision precision)
    {
        var network = Network(random, precision);
        var objective = new Objective { Task = TaskKind.Binary, Outputs = 1, Loss = new LogisticLoss() };
        var optimizer = new Optimizer(new AdamW(), ParameterGroup.Of(network));
        var rows = new ResidentRows([x, zeros([Rows, 0], int64)], y);
        return () => new Loop
        {
            Network = network, Train = rows, Loss = objective.LossOf, Optimizer = optimizer, Rate = 1e-3, Epochs = 1, BatchSize = Batch, Random = random,
            Callbacks = [new StopOnNonFinite(), new Recorder(null)],
        }.Run();
    }

    static Action Theirs(Tensor x, Tensor y)
    {
        var network = nn.Sequential(
            nn.BatchNorm1d(Columns),
            nn.Linear(Columns, 200, hasBias: false), nn.ReLU(), nn.BatchNorm1d(200),
            nn.Linear(200, 100, hasBias: false), nn.ReLU(), nn.BatchNorm1d(100),
            nn.Linear(100, 1));
        var optimizer = optim.AdamW(network.parameters(), 1e-3, weight_decay: 0.01);
        var rows = utils.data.TensorDataset(x, y);
        var loader = utils.data.DataLoader(rows, Batch, shuffle: true, device: CPU, num_worker: Environment.ProcessorCount - 1);
        return () =>
        {
            network.train();
            foreach (var batch in loader)
            {
                using var step = NewDisposeScope();
                optimizer.zero_grad();
                using var loss = nn.functional.binary_cross_entropy_with_logits(network.call(batch[0]), batch[1]);
                loss.backward();
                optimizer.step();
            }
        };
    }
}
