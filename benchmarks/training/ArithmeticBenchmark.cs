using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>How much of this machine's matrix-product peak each network's training reaches, and what bfloat16 brings it.</summary>
/// <remarks>Useful arithmetic: the products of the matrices with what comes in, forward once and backward twice; everything else (norms, activations, embeddings, the optimizer, gathering rows) counts as nothing.</remarks>
static class ArithmeticBenchmark
{
    const int Rows = 5_120, Columns = 30, Rounds = 9;

    /// <param name="names">How names of networks begin; empty: all.</param>
    public static int Run(IReadOnlyList<string> names)
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        var products = new[] { float32, ScalarType.BFloat16 }.Select(type =>
        {
            var (a, b) = (randn(2048, 2048).to(type), randn(2048, 2048).to(type));
            return (Action)(() =>
            {
                for (var i = 0; i < 4; i++) using (a.mm(b)) { }
            });
        }).ToArray();
        foreach (var (name, batch, build, work) in Networks.Where(n => names.Count == 0 || names.Any(n.Name.StartsWith)))
        {
            var took = Stopclock.InTurns(Rounds, products[0], products[1], Epoch(batch, build, TrainingPrecision.Float32), Epoch(batch, build, TrainingPrecision.BFloat16));
            double[] peak = [.. took.Take(2).Select(t => 4 * 2 * Math.Pow(2048, 3) / t.Min(r => r.Seconds) / 1e9)];
            foreach (var (i, type) in new[] { (0, "float32"), (1, "bfloat16") })
            {
                var rate = 6.0 * work * Rows / Stopclock.Median(took[2 + i], t => t.Seconds) / 1e9;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-40} {type,-9} {Rows / Stopclock.Median(took[2 + i], t => t.Seconds),9:0} rows/s, {rate,6:0.0} GFLOP/s, {100 * rate / peak[i]:0.0} % of the {peak[i]:0} of a 2048³ product"));
            }
            Stopclock.SayRatio($"{name}: float32 / bfloat16", took[2], took[3]);
        }
        return 0;
    }

    delegate Network Built(Randomness random, MatrixPrecision precision);

    /// <summary>Name, batch, how it is built, and multiply-adds of a row going forward.</summary>
    static readonly (string Name, int Batch, Built Build, double Work)[] Networks =
    [
        ("Mlp 200, 100, batch 256", 256, (r, p) => new MlpNetwork(Columns, Columns, [], new() { Hidden = [200, 100] }, 1, r, p), Columns * 200 + 200 * 100 + 100),
        ("RealMlp 3×256, batch 256", 256, (r, p) => new RealMlpNetwork(Columns, Columns, [], new() { Hidden = [256, 256, 256], Dropout = 0.15, Frequencies = 16, Deviation = 0.1, Variant = "selu" }, 1, r, p),
            Columns * 16 * 3 + Columns * 4 * 256 + 2 * 256 * 256 + 256),
        ("TabM mini 32×(256, 256), batch 256", 256, (r, p) => new TabMNetwork(Columns, Columns, [], TabMSettings("mini"), 1, r, p),
            Columns * 48 * 16 + 32 * (Columns * 16 * 256 + 256 * 256 + 256)),
        ("TabM full 32×(256, 256), batch 256", 256, (r, p) => new TabMNetwork(Columns, Columns, [], TabMSettings("full"), 1, r, p),
            Columns * 48 * 16 + 32 * (Columns * 16 * 256 + 256 * 256 + 256)),
        ("TabularResNet 3×192, batch 256", 256, (r, p) => new TabularResNetNetwork(Columns, Columns, [], new() { Hidden = [192, 192, 192], Dropout = 0.25 }, 1, r, p),
            Columns * 192 + 3 * 2 * 192 * 384 + 192),
        ("FtTransformer 3×192, batch 256", 256, (r, p) => new FtTransformerNetwork(Columns, [], new() { Hidden = [192, 192, 192], Heads = 8, AttentionDropout = 0.2, Dropout = 0.1 }, 1, r, p),
            2 * Layer(Tokens) + Layer(1) + 2.0 * (Tokens - 1) * 192 * 192 + 192),
        ("ModernNca 128, batch 512, 2,560 drawn", 512, (r, p) => new ModernNcaNetwork(Columns, Columns, [], new() { Hidden = [128], Frequencies = 77, Deviation = 0.0443, EmbeddingWidth = 34, Kept = Rows, Drawn = 2560, Variant = "chances" }, 1, r, p),
            6 * (Columns * 154.0 * 34 + Columns * 34 * 128) + 3072 * (128 + 1)),
    ];

    const int Tokens = Columns + 1;

    /// <summary>Of a transformer's layer in which so many tokens ask: queries and mix, keys and values of as many, the shares, and the dense part.</summary>
    static double Layer(double asking) => 4 * asking * 192 * 192 + 2 * asking * Tokens * 192 + asking * 3 * 192 * 256;

    static NetworkSettings TabMSettings(string variant) => new() { Members = 32, Hidden = [256, 256], Dropout = 0.1, Bins = 48, EmbeddingWidth = 16, Variant = variant };

    static Action Epoch(int batch, Built build, TrainingPrecision precision)
    {
        var random = new Randomness(1, CPU);
        var network = build(random, new MatrixPrecision(precision));
        var x = randn([Rows, Columns], generator: random.Host);
        var y = (x.select(1, 0) > 0).to(float32).unsqueeze(1);
        Tensor[] inputs = [x, zeros([Rows, 0], int64)];
        using (no_grad())
        {
            network.Prepare(inputs, random);
            if (network is IRemembersRows memory) inputs = [.. inputs, .. memory.Remember(inputs, y, random)];
        }
        var objective = new Objective { Task = TaskKind.Binary, Outputs = 1, Loss = new LogisticLoss() };
        var optimizer = new Optimizer(new AdamW(), ParameterGroup.Of(network));
        var rows = new ResidentRows(inputs, y);
        return () => new Loop { Network = network, Train = rows, Loss = objective.LossOf, Optimizer = optimizer, Rate = 1e-3, Epochs = 1, BatchSize = batch, Random = random }.Run();
    }
}
