using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
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
        var table = DrawnTable.Of(Rows, Columns, random, CPU);
        using OwnEpochs exact = Ours(table, random, TrainingPrecision.Float32), halved = Ours(table, random, TrainingPrecision.BFloat16);
        using var theirs = new PlainTorchSharp(Rows, Columns, Batch);
        var took = Stopclock.InTurns(Rounds, Stopclock.Timed(exact.RunOne), Stopclock.Timed(halved.RunOne), theirs.RunOne);
        Stopclock.Say("this project", took[0]);
        Stopclock.Say("this project, bfloat16", took[1]);
        Stopclock.Say("TorchSharp's DataLoader and AdamW", took[2]);
        Stopclock.SayRatio("TorchSharp's / this project", took[2], took[0]);
        Stopclock.SayRatio("TorchSharp's / this project, bfloat16", took[2], took[1]);
        return 0;
    }

    static OwnEpochs Ours(DrawnTable table, Randomness random, TrainingPrecision precision) =>
        new(new MlpNetwork(Columns, Columns, [], new() { Hidden = [200, 100] }, 1, random, new MatrixPrecision(precision)), table, Batch, random);
}
