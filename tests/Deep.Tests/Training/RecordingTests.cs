using Kaggle.Core.Data;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Callbacks;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

public class RecordingTests
{
    [Fact]
    public void An_epochs_loss_is_the_mean_of_its_steps_and_its_norm_the_mean_of_the_gradients()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(clip: 1e6);
        using var recorder = new Recorder(null);
        var (losses, norms) = (new List<double>(), new List<double>());
        small.Loop(optimizer, epochs: 2, callbacks: [recorder, new Note(s => { losses.Add(s.Loss.item<float>()); norms.Add(optimizer.GradientNorm!.item<float>()); })]).Run();
        Assert.Equal([losses[..4].Average(), losses[4..].Average()], recorder.Records.Select(r => r.Loss), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([norms[..4].Average(), norms[4..].Average()], recorder.Records.Select(r => r.GradientNorm!.Value), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(recorder.Records, r => Assert.True(r.Seconds > 0 && r.RowsPerSecond > 0 && r.MemoryMb > 10));
    }

    [Fact]
    public void A_diagnosed_training_leaves_its_journal_and_trains_as_another()
    {
        float[] Train(string? journal)
        {
            using var model = new Mlp { Epochs = 3, BatchSize = 64 }.Fit(Some.Rows(TaskKind.Binary), null, Some.Context with { Journal = journal, Diagnose = true });
            return model.Predict(Some.Rows(TaskKind.Binary)).Values.Values.ToArray();
        }
        var folder = Directory.CreateTempSubdirectory().FullName;
        Assert.Equal(Train(null), Train(folder));

        var epochs = File.ReadAllLines(Path.Combine(folder, "training.csv"));
        Assert.Equal(4, epochs.Length);
        Assert.StartsWith("epoch,loss,score,learning_rate,momentum,gradient_norm", epochs[0]);
        Assert.All(epochs.Skip(1), line => Assert.True(double.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture) > 0));

        var activations = File.ReadAllLines(Path.Combine(folder, "activations.csv"));
        Assert.Contains(activations, line => line.StartsWith("3,layers.1,"));             // a norm
        Assert.True(Directory.GetFiles(folder, "events.out.tfevents*").Single() is var events && new FileInfo(events).Length > 500);
    }

    [Fact]
    public void Activations_are_those_of_the_layers()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new Kaggle.Deep.Training.Optimizers.Sgd { Rate = 1e-12 });
        using var stats = new ActivationStats();
        small.Loop(optimizer, epochs: 1, batch: 64, callbacks: [stats]).Run();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var normed = small.Rows.Inputs[0];
        normed = (normed - normed.mean([0], keepdim: true)) / (normed.var(0, unbiased: false, keepdim: true) + 1e-5).sqrt();
        var first = normed.mm(small.Network.get_parameter("layers.0.weight")!.t());
        var said = stats.Records.Single(r => r.Layer == "layers.0");
        Assert.Equal(first.mean().item<float>(), said.Mean, 1e-4);
        Assert.Equal(first.std(unbiased: false).item<float>(), said.Deviation, 1e-4);
        Assert.Equal((first.abs() < 0.05).to(float32).mean().item<float>(), said.NearZero, 1e-4);
        Assert.DoesNotContain(stats.Records, r => r.Layer == "layers");
    }

    [Fact]
    public void As_many_tensors_live_after_each_epoch()
    {
        using var small = new SmallTraining(dropout: 0.2);
        using var optimizer = small.Optimizer(clip: 1);
        using var recorder = new Recorder(null);
        using var best = new KeepBest(null);
        using var average = WeightAverage.Exponential(0.9);
        var counter = new Counter();
        small.Loop(optimizer, epochs: 6, judged: true, callbacks: [recorder, best, average, counter]).Run();
        Assert.Equal(Enumerable.Repeat(counter.Alive[1], 5), counter.Alive.Skip(1));
    }

    sealed class Counter : Kaggle.Deep.Training.ICallback
    {
        public List<long> Alive { get; } = [];

        public Kaggle.Deep.Training.AfterEpoch OnEpoch(Kaggle.Deep.Training.EpochEnd end)
        {
            Alive.Add(TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            return Kaggle.Deep.Training.AfterEpoch.Continue;
        }
    }

    sealed class Note(Action<Kaggle.Deep.Training.StepEnd> hear) : Kaggle.Deep.Training.ICallback
    {
        public void OnStep(Kaggle.Deep.Training.StepEnd step) => hear(step);
    }
}
