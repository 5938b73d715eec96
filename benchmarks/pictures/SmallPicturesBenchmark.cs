using Kaggle.Benchmarks.Training;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Pictures;

/// <summary>An epoch of ResNet9 on 4,096 grey pictures of 28 × 28 in batches of 128: this project's loop beside a plain one of TorchSharp's own modules and AdamW, in float32.</summary>
static class SmallPicturesBenchmark
{
    const int Rows = 4096, Side = 28, Classes = 10, Batch = 128, Rounds = 5;

    /// <param name="width">Channels of the first convolution.</param>
    public static int Run(int width)
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var x = randn([Rows, 1, Side, Side], generator: random.Host);
        var y = randint(0, Classes, [Rows], int64, generator: random.Host);
        var took = Stopclock.InTurns(Rounds, Ours(width, x, y, random), Theirs(width, x, y, random));
        Stopclock.Say("this project", took[0]);
        Stopclock.Say("plain TorchSharp", took[1]);
        Console.WriteLine(FormattableString.Invariant($"images/s by the clock: this project {Rows / Stopclock.Median(took[0], t => t.Seconds):0}, plain TorchSharp {Rows / Stopclock.Median(took[1], t => t.Seconds):0}"));
        Stopclock.SayRatio("plain TorchSharp / this project", took[1], took[0]);
        return 0;
    }

    static Action Ours(int width, Tensor x, Tensor y, Randomness random)
    {
        var network = new ResNet9 { Width = width }.Build(1, Classes, random, new MatrixPrecision(TrainingPrecision.BFloat16));
        var objective = new Objective { Task = TaskKind.Multiclass, Outputs = Classes, Loss = new CrossEntropyLoss() };
        var optimizer = new Optimizer(new Deep.Training.Optimizers.AdamW(), ParameterGroup.Of(network));
        var rows = new ResidentRows([x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)], y);
        return () => new Loop
        {
            Network = network, Train = rows, Loss = objective.LossOf, Optimizer = optimizer, Rate = 1e-3, Epochs = 1, BatchSize = Batch, Random = random,
            Callbacks = [new StopOnNonFinite(), new Recorder(null)],
        }.Run();
    }

    static Action Theirs(int width, Tensor x, Tensor y, Randomness random)
    {
        var network = new PlainResNet9(width, Classes);
        var optimizer = optim.AdamW(network.parameters(), 1e-3, weight_decay: 0.01);
        return () =>
        {
            network.train();
            using var order = randperm(Rows, int64, generator: random.Host);
            for (var at = 0; at < Rows; at += Batch)
            {
                using var step = NewDisposeScope();
                var rows = order.narrow(0, at, Batch);
                optimizer.zero_grad();
                var loss = nn.functional.cross_entropy(network.call(x.index_select(0, rows)), y.index_select(0, rows));
                loss.backward();
                optimizer.step();
            }
        };
    }

    /// <summary>The same network as TorchSharp's examples would write it.</summary>
    sealed class PlainResNet9 : nn.Module<Tensor, Tensor>
    {
        readonly nn.Module<Tensor, Tensor> first, residual1, middle, residual2;
        readonly nn.Module<Tensor, Tensor> linear;

        public PlainResNet9(int width, int classes) : base(nameof(PlainResNet9))
        {
            first = nn.Sequential(Filter(1, width), Filter(width, 2 * width), nn.MaxPool2d(2));
            residual1 = nn.Sequential(Filter(2 * width, 2 * width), Filter(2 * width, 2 * width));
            middle = nn.Sequential(Filter(2 * width, 4 * width), nn.MaxPool2d(2), Filter(4 * width, 8 * width), nn.MaxPool2d(2));
            residual2 = nn.Sequential(Filter(8 * width, 8 * width), Filter(8 * width, 8 * width));
            linear = nn.Sequential(nn.AdaptiveMaxPool2d([1, 1]), nn.Flatten(), nn.Linear(8 * width, classes, hasBias: false));
            RegisterComponents();
        }

        static nn.Module<Tensor, Tensor> Filter(int inputs, int outputs) => nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding: 1, bias: false), nn.BatchNorm2d(outputs), nn.ReLU());

        public override Tensor forward(Tensor x)
        {
            x = first.call(x);
            x = x + residual1.call(x);
            x = middle.call(x);
            x = x + residual2.call(x);
            return linear.call(x) * 0.125;
        }
    }
}
