using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

public class LoopTests
{
    [Fact]
    public void Four_parts_of_sixteen_train_as_a_batch_of_sixty_four()
    {
        float[] Train(int? atOnce)
        {
            using var small = new SmallTraining(rows: 128, norms: false);      // a batch norm would look at each part alone
            using var optimizer = small.Optimizer(new Sgd { Rate = 0.02 });
            var before = small.Weights;
            small.Loop(optimizer, epochs: 3, batch: 64, atOnce: atOnce).Run();
            Assert.NotEqual(before, small.Weights);
            return small.Weights;
        }
        Assert.All(Train(null).Zip(Train(16)), w => Assert.Equal(w.First, w.Second, 1e-4f));
    }

    [Fact]
    public void Accumulated_parts_are_one_step_with_the_whole_batchs_loss()
    {
        var (steps, losses) = (0, new List<float>());
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        small.Loop(optimizer, epochs: 1, batch: 64, atOnce: 16, callbacks: [new Hear(s => { steps++; losses.Add(s.Loss.item<float>()); })]).Run();
        Assert.Equal(1, steps);
        Assert.InRange(losses[0], 0.3f, 5f);                 // about the variance of a standardised target, not a quarter of it
    }

    [Fact]
    public void A_device_that_is_too_small_for_a_batch_learns_it_in_parts_and_says_so()
    {
        (float[] Weights, List<int> Halved) Train(int? atOnce, long most)
        {
            using var small = new SmallTraining(rows: 128, norms: false);
            using var optimizer = small.Optimizer(new Sgd { Rate = 0.02 });
            var halved = new HearHalving();
            new Loop
            {
                Network = small.Network, Train = small.Rows, Optimizer = optimizer, Rate = 1, Epochs = 2, BatchSize = 64, Random = small.Random, AtOnce = atOnce, Callbacks = [halved],
                Loss = (output, batch) => batch.Rows <= most ? small.Objective.LossOf(output, batch) : throw new System.Runtime.InteropServices.ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB."),
            }.Run();
            return (small.Weights, halved.Parts);
        }
        var (weights, parts) = Train(null, most: 20);
        Assert.Equal([32, 16], parts);
        Assert.Equal(Train(16, most: 64).Weights, weights);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Train(null, most: 0));
    }

    [Fact]
    public void Parts_of_unequal_weight_train_as_their_batch()
    {
        float[] Train(int? atOnce)
        {
            using var small = new SmallTraining(rows: 64, norms: false, weight: row => row % 16 == 0 ? 5 : row < 16 ? 0 : 0.5f);
            using var optimizer = small.Optimizer(new Sgd { Rate = 0.02 });
            small.Loop(optimizer, epochs: 3, batch: 64, atOnce: atOnce).Run();
            return small.Weights;
        }
        Assert.All(Train(null).Zip(Train(16)), w => Assert.Equal(w.First, w.Second, 1e-4f));
    }

    [Fact]
    public void A_score_that_is_not_defined_is_no_best_one()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new Sgd { Rate = 1e-12 });
        using var best = new KeepBest(2);
        double[] scores = [double.NaN, 0.3, double.NaN, 0.5, 0.4, 0.4];
        var epoch = 0;
        var loop = new Loop
        {
            Network = small.Network, Train = small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 6, BatchSize = 64, Random = small.Random,
            Callbacks = [best], Validation = new("a correlation", true, _ => scores[epoch++]),
        };
        loop.Run();
        Assert.Equal((4, 0.5, 6), (best.BestEpoch, best.BestScore, loop.Epoch));
    }

    [Fact]
    public void A_plateau_slows_the_training_down()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        double[] scores = [5, 4, 4, 4.5, 3, 3];
        var rates = new List<double>();
        var epoch = 0;
        var loop = new Loop
        {
            Network = small.Network, Train = small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 6, BatchSize = 64, Random = small.Random, Schedule = new ConstantSchedule(),
            Validation = new("given", false, _ => scores[epoch++]), Callbacks = [new ReduceOnPlateau(), new Hear(s => rates.Add(Math.Round(s.Rate, 9)))],
        };
        loop.Run();
        Assert.Equal([1, 1, 1, 0.1, 0.01, 0.01], rates);
    }

    [Fact]
    public void Clipped_gradients_make_a_step_of_the_length_asked_for()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new Sgd { Rate = 1, Momentum = 0 }, clip: 0.01);
        var before = small.Weights;
        small.Loop(optimizer, epochs: 1, batch: 64).Run();
        var length = Math.Sqrt(before.Zip(small.Weights).Sum(w => Math.Pow(w.Second - w.First, 2)));
        Assert.Equal(0.01, length, 1e-5);
    }

    [Fact]
    public void The_best_epochs_weights_are_kept()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new Sgd { Rate = 0.05, Momentum = 0.9 });
        using var best = new KeepBest(null);
        using var recorder = new Recorder(null);
        small.Loop(optimizer, epochs: 12, judged: true, callbacks: [recorder, best]).Run();
        Assert.Equal(recorder.Records.Min(r => r.Score), best.BestScore);
        Assert.Equal(best.BestScore, small.Judge.Score(small.Network), 1e-6);
    }

    [Fact]
    public void Patience_ends_a_training_that_no_longer_improves()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new Sgd { Rate = 1e-12 });
        using var best = new KeepBest(3);
        var rising = 0.0;
        var loop = new Loop
        {
            Network = small.Network, Train = small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 50, BatchSize = 64, Random = small.Random,
            Callbacks = [best], Validation = new("rises", false, _ => rising++),
        };
        loop.Run();
        Assert.Equal((1, 4), (best.BestEpoch, loop.Epoch));
    }

    [Fact]
    public void An_average_is_the_running_mean_of_the_weights()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        using var average = WeightAverage.Exponential(0.9);
        var expected = small.Weights.Select(w => (double)w).ToArray();
        var follow = new Hear(step =>
        {
            var (share, now) = (1 - Math.Min(0.9, (1.0 + step.Step) / (10.0 + step.Step)), small.Weights);
            for (var i = 0; i < now.Length; i++) expected[i] += share * (now[i] - expected[i]);
        });
        small.Loop(optimizer, callbacks: [average, follow]).Run();
        Assert.All(expected.Zip(small.Weights), w => Assert.Equal(w.First, w.Second, 1e-4));
    }

    [Fact]
    public void The_mean_of_epochs_is_their_mean()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        using var average = WeightAverage.OfEpochs(2);
        var ends = new List<float[]>();
        var last = Array.Empty<float>();
        small.Loop(optimizer, epochs: 3, callbacks: [new Hear(s => { last = small.Weights; if (s.Step % 4 == 0) ends.Add(last); }), average]).Run();
        Assert.All(small.Weights.Select((w, i) => (w, (ends[1][i] + ends[2][i]) / 2)), w => Assert.Equal(w.Item2, w.w, 1e-5f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_killed_training_goes_on_bit_for_bit(int killedAt)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "training.safetensors");
        (float[] Weights, double[] Losses) Train(int? kill)
        {
            using var small = new SmallTraining(dropout: 0.3);
            using var optimizer = small.Optimizer();
            using var best = new KeepBest(null);
            using var recorder = new Recorder(null);
            using var stop = new CancellationTokenSource();
            var checkpoint = new Checkpointing(file, "same", TimeSpan.Zero);
            var loop = small.Loop(optimizer, epochs: 6, judged: true, cancel: stop.Token,
                callbacks: [recorder, best, checkpoint, new Hear(s => { if (s.Step == kill * 4 + 2) stop.Cancel(); })], schedule: new OneCycle());
            checkpoint.Resume(loop);
            try
            {
                loop.Run();
            }
            catch (OperationCanceledException) { }
            return (small.Weights, [.. recorder.Records.Select(r => r.Loss)]);
        }
        var unbroken = Train(null);
        Assert.False(File.Exists(file));
        Train(killedAt);
        Assert.Equal(killedAt > 0, File.Exists(file));
        var resumed = Train(null);
        Assert.Equal(unbroken.Losses, resumed.Losses);
        Assert.Equal(unbroken.Weights, resumed.Weights);
    }

    [Fact]
    public void An_average_that_is_best_in_the_last_epoch_is_what_stays()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer(new AdamW { Rate = 0.003 });
        using var best = new KeepBest(null);
        using var average = WeightAverage.Exponential(0.9);
        small.Loop(optimizer, epochs: 3, judged: true, callbacks: [best, average]).Run();
        Assert.Equal(3, best.BestEpoch);
        Assert.Equal(best.BestScore, small.Judge.Score(small.Network), 1e-6);
    }

    [Fact]
    public void A_soup_takes_of_the_best_epochs_those_whose_mean_scores_better()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        using var soup = new GreedySoup();
        var weight = small.Network.get_parameter("layers.0.weight")!;
        float[] ends = [3, -2, 1, -4];
        var epoch = 0;
        new Loop
        {
            Network = small.Network, Train = small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 4, BatchSize = 16, Random = small.Random,
            Callbacks = [new AfterSteps(() => { using (no_grad()) weight.fill_(ends[epoch++]); }), soup],
            Validation = new("distance from 0", false, _ => Math.Abs(weight[0, 0].item<float>())),
        }.Run();
        // Best is 1; with −2 the mean is −½, which is better; with 3 as well it would be ⅔.
        Assert.Equal((2, -0.5f), (soup.Ingredients, weight[0, 0].item<float>()));
    }

    [Fact]
    public void A_share_of_an_epoch_is_that_share_of_its_steps()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        var whole = small.Loop(optimizer, epochs: 2);
        var loop = new Loop
        {
            Network = small.Network, Train = small.Rows, Loss = small.Objective.LossOf, Optimizer = optimizer, Rate = 1, Epochs = 2, BatchSize = 16, Random = small.Random, EpochShare = 0.5,
        };
        loop.Run();
        Assert.Equal((8, 4, 4), (whole.Steps, loop.Steps, loop.Step));
    }

    sealed class HearHalving : ICallback
    {
        public List<int> Parts { get; } = [];

        public void OnHalved(int atOnce) => Parts.Add(atOnce);
    }

    sealed class AfterSteps(Action act) : ICallback
    {
        public void OnTrained() => act();
    }

    sealed class Hear(Action<StepEnd> hear) : ICallback
    {
        public void OnStep(StepEnd step) => hear(step);
    }
}
