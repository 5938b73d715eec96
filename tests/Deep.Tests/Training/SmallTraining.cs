using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

/// <summary>A network of five inputs and a training of it, to look inside.</summary>
sealed class SmallTraining : IDisposable
{
    readonly DisposeScope scope;

    /// <param name="norms">With batch norms, as Mlp; else as RealMlp.</param>
    /// <param name="parts">Of the network; null: one.</param>
    /// <param name="weight">Of each row; null: all count alike.</param>
    public SmallTraining(int rows = 64, int seed = 3, double dropout = 0, bool norms = true, string[][]? parts = null, Func<int, float>? weight = null)
    {
        Libtorch.Load();
        torch.set_num_threads(1);
        scope = NewDisposeScope();
        Random = new(seed, CPU);
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        var made = norms ? (Network)new MlpNetwork(5, 5, [], new NetworkSettings { Hidden = [16, 8], Dropout = dropout }, 1, Random, compute)
            : new RealMlpNetwork(5, 5, [], new NetworkSettings { Hidden = [16, 8], Frequencies = 16, Deviation = 0.1, Variant = "mish" }, 1, Random, compute);
        Network = parts is null ? made : new Parted(made, parts);
        var x = randn(rows, 5, generator: Random.Host);
        var y = x.select(1, 0) * 2 - x.select(1, 1).abs() + 3;
        Answers = new(Target.Number("y"), new(y.data<float>().ToArray(), 1));
        Objective = Objective.For(Answers);
        Rows = new([x, zeros([rows, 0], int64)], Objective.Targets(Answers, CPU), weight is null ? null : tensor(Enumerable.Range(0, rows).Select(weight).ToArray()));
        Judge = new("loss", false, network =>
        {
            using var step = NewDisposeScope();
            using var untracked = no_grad();
            network.eval();
            using var all = arange(rows, int64);
            var batch = Rows[all];
            return Objective.LossOf(network.call(batch.Inputs), batch).item<float>();
        });
    }

    public Randomness Random { get; }

    public Network Network { get; }

    public ResidentRows Rows { get; }

    public TargetValues Answers { get; }

    public Objective Objective { get; }

    public EpochScoring Judge { get; }

    public float[] Weights => [.. Network.parameters().SelectMany(p => p.data<float>().ToArray())];

    public Optimizer Optimizer(IUpdate? update = null, double? clip = null) => new(update ?? new AdamW { Rate = 0.01 }, ParameterGroup.Of(Network)) { Clip = clip };

    public Loop Loop(Optimizer optimizer, int epochs = 4, int batch = 16, IReadOnlyList<ICallback>? callbacks = null, int? atOnce = null, bool judged = false, ISchedule? schedule = null, CancellationToken cancel = default) => new()
    {
        Network = Network, Train = Rows, Loss = Objective.LossOf, Optimizer = optimizer, Rate = 0.01, Epochs = epochs, BatchSize = batch, Random = Random,
        Callbacks = callbacks ?? [], AtOnce = atOnce, Validation = judged ? Judge : null, Schedule = schedule ?? new ConstantSchedule(), Cancel = cancel,
    };

    public void Dispose()
    {
        Rows.Dispose();
        Network.Dispose();
        Random.Dispose();
        scope.Dispose();
    }

    /// <summary>Another network, whose parts are given.</summary>
    sealed class Parted : Network
    {
        readonly Network inner;
        readonly string[][] parts;

        public Parted(Network inner, string[][] parts) : base(nameof(Parted))
        {
            (this.inner, this.parts) = (inner, parts);
            RegisterComponents();
        }

        public override IReadOnlyList<string[]> Parts => [.. parts.Select(part => part.Select(name => "inner." + name).ToArray())];

        public override Tensor forward(Tensor[] inputs) => inner.call(inputs);
    }
}
