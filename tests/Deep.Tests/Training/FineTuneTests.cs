using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Recipes;

namespace Kaggle.Tests.Deep.Training;

public class FineTuneTests
{
    static readonly string[][] parts = [["bn_cont"], ["layers.0", "layers.1"], ["layers"]];

    [Fact]
    public void Frozen_weights_do_not_move_and_norms_do()
    {
        using var small = new SmallTraining();
        var groups = new LayerGroups(small.Network, parts);
        groups.Freeze();
        var before = Weights(small.Network);
        using (var optimizer = new Optimizer(new AdamW { Rate = 0.01, Decay = 0.1 }, groups.Divide(ParameterGroup.Of(small.Network), PartRates.Others())))
            small.Loop(optimizer).Run();
        var after = Weights(small.Network);
        Assert.Equal(before["layers.0.weight"], after["layers.0.weight"]);
        Assert.NotEqual(before["layers.1.weight"], after["layers.1.weight"]);
        Assert.NotEqual(before["layers.2.weight"], after["layers.2.weight"]);
        groups.Unfreeze();
        Assert.All(small.Network.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void Freezing_to_a_part_from_the_end_lets_that_part_and_those_after_it_learn()
    {
        using var small = new SmallTraining();
        new LayerGroups(small.Network, [["layers.0"], ["layers.2"], ["layers"]]).FreezeTo(^2);
        Assert.Equal([false, true, true], new[] { "layers.0.weight", "layers.2.weight", "layers.4.weight" }.Select(name => small.Network.get_parameter(name)!.requires_grad));
        Assert.Throws<InputException>(() => new LayerGroups(small.Network, parts).FreezeTo(3));
    }

    [Fact]
    public void Rates_grow_geometrically_from_part_to_part_or_are_a_tenth_but_for_the_last()
    {
        using var small = new SmallTraining();
        var groups = new LayerGroups(small.Network, parts);
        double[] Rates(PartRates rates) => [.. groups.Divide(ParameterGroup.Of(small.Network), rates, 2).Select(g => Math.Round(g.Rate, 6)).Distinct().Order()];
        Assert.Equal([0.02, 0.2, 2], Rates(PartRates.Geometric(0.01)));
        Assert.Equal([0.2, 2], Rates(PartRates.Others()));
        Assert.Equal([2], Rates(PartRates.Even));
    }

    [Fact]
    public void A_parts_rate_is_how_fast_it_moves()
    {
        using var small = new SmallTraining();
        var before = Weights(small.Network);
        var groups = new LayerGroups(small.Network, parts).Divide(ParameterGroup.Of(small.Network), PartRates.Geometric(0.01));
        using (var optimizer = new Optimizer(new AdamW { Rate = 1e-3, Decay = 0, Epsilon = 1e-12 }, groups)) small.Loop(optimizer, epochs: 1, batch: 64).Run();
        var after = Weights(small.Network);
        // Adam's first step is the rate itself, whatever the gradient's size.
        double Moved(string name) => before[name].Zip(after[name]).Max(w => Math.Abs(w.First - w.Second));
        Assert.Equal(1e-5, Moved("bn_cont.bias"), 1e-6);
        Assert.Equal(1e-4, Moved("layers.0.weight"), 1e-5);
        Assert.Equal(1e-3, Moved("layers.4.weight"), 1e-4);
    }

    // fastai/callback/schedule.py: fine_tune(epochs, base_lr, freeze_epochs=1, lr_mult=100, pct_start=0.3, div=5.0).
    [Fact]
    public void The_stages_are_fastais()
    {
        var stages = new FineTune().Over(4);
        Assert.Equal([1, 4], stages.Select(s => s.Epochs));
        Assert.Equal([^1, Index.Start], stages.Select(s => s.From));
        Assert.Equal([1, 0.5], stages.Select(s => s.Rate));
        Assert.Equal([0.1, 0.1, 1], Enumerable.Range(0, 3).Select(p => stages[0].Rates.Of(p, 3)));
        Assert.Equal([0.01, 0.1, 1], Enumerable.Range(0, 3).Select(p => Math.Round(stages[1].Rates.Of(p, 3), 9)));
        Assert.Equal([new OneCycle { Climb = 0.99 }, new OneCycle { Climb = 0.3, StartDivisor = 5 }], stages.Select(s => s.Schedule));
        Assert.Equal(^2, new FineTune { FreezeTo = 2 }.Over(4)[0].From);
        Assert.Single(new FineTune { FrozenEpochs = 0 }.Over(4));
    }

    [Theory]
    [InlineData(7)]                                                      // in the frozen stage
    [InlineData(14)]                                                     // in the one after
    public void A_fine_tuning_killed_in_any_stage_goes_on_bit_for_bit(int killedAt)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        (float[] Weights, FitRecord Record) Train(string? scratch, int? kill)
        {
            using var small = new SmallTraining(dropout: 0.3, parts: parts);
            using var stop = new CancellationTokenSource();
            var steps = 0;
            BatchLoss loss = (output, batch) =>
            {
                if (++steps == kill) stop.Cancel();
                return small.Objective.LossOf(output, batch);
            };
            var record = FitRecord.Nothing;
            try
            {
                record = Training(small, loss, new() { Cancel = stop.Token, Scratch = scratch }, new() { FrozenEpochs = 2 }).Run();
            }
            catch (OperationCanceledException) { }
            return (small.Weights, record);
        }
        var unbroken = Train(null, null);
        Train(folder, killedAt);
        Assert.Equal(["training.safetensors"], Directory.GetFiles(folder).Select(Path.GetFileName));
        var resumed = Train(folder, null);
        Assert.Equal(unbroken.Record.Curves.Select(c => c.Values), resumed.Record.Curves.Select(c => c.Values));
        Assert.Equal(unbroken.Weights, resumed.Weights);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 0)]                                                   // the part is among the last two
    public void Fine_tuning_moves_a_parts_weights_only_once_it_is_free(int freezeTo, int frozenSteps)
    {
        using var small = new SmallTraining(parts: parts);
        var before = First(small);
        var moved = new List<bool>();
        BatchLoss loss = (output, batch) =>
        {
            moved.Add(!First(small).SequenceEqual(before));
            return small.Objective.LossOf(output, batch);
        };
        Training(small, loss, new(), new() { FrozenEpochs = 2, FreezeTo = freezeTo }).Run();
        Assert.Equal(Enumerable.Range(0, 20).Select(step => step > frozenSteps), moved);    // four steps an epoch, two of them frozen
    }

    static NetworkTraining Training(SmallTraining small, BatchLoss loss, FitContext context, FineTune fineTune) => new()
    {
        Recipe = new() { Update = new AdamW { Rate = 0.01 }, Epochs = 3, BatchSize = 16, FineTune = fineTune, Averaging = new RunningAverage { Decay = 0.9 } },
        Network = small.Network, Train = small.Rows, Loss = loss, Validation = small.Judge, Random = small.Random, Identity = "same", Context = context, CheckpointEvery = TimeSpan.Zero,
    };

    static float[] First(SmallTraining small) => Weights(small.Network)["inner.layers.0.weight"];

    static Dictionary<string, float[]> Weights(Network network) => network.named_parameters().ToDictionary(p => p.name, p => p.parameter.data<float>().ToArray());
}
