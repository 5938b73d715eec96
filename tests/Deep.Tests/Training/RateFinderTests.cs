using Kaggle.Core.Learning;
using Kaggle.Deep.Training;

namespace Kaggle.Tests.Deep.Training;

public class RateFinderTests
{
    [Fact]
    public void Finding_leaves_no_trace()
    {
        float[] Train(bool find)
        {
            using var small = new SmallTraining(dropout: 0.2);
            using var optimizer = small.Optimizer();
            small.Loop(optimizer, epochs: 1).Run();                  // an optimizer that remembers
            if (find) RateFinder.Find(small.Loop(optimizer), steps: 30);
            small.Loop(optimizer).Run();
            return small.Weights;
        }
        Assert.Equal(Train(find: false), Train(find: true));
    }

    [Fact]
    public void A_curve_rises_from_tiny_rates_and_ends_when_the_loss_explodes()
    {
        using var small = new SmallTraining();
        using var optimizer = small.Optimizer();
        var curve = RateFinder.Find(small.Loop(optimizer), steps: 100, to: 1e6);
        Assert.Equal(1e-7, curve.Rates[0], 1e-12);
        Assert.True(curve.Rates.Count < 100);
        Assert.InRange(curve.Valley!.Value, 1e-6, 10);
    }

    [Fact]
    public void The_batch_finder_doubles_until_memory_is_short_and_leaves_no_trace()
    {
        using var small = new SmallTraining(rows: 200, dropout: 0.2);
        using var optimizer = small.Optimizer();
        var before = small.Weights;
        var (host, _) = small.Random.State();
        Loop Loop(long most) => new()
        {
            Network = small.Network, Train = small.Rows, Optimizer = optimizer, Rate = 1, Epochs = 1, BatchSize = 8, Random = small.Random,
            Loss = (output, batch) => batch.Rows <= most ? small.Objective.LossOf(output, batch) : throw new System.Runtime.InteropServices.ExternalException("CUDA out of memory."),
        };
        Assert.Equal([64, 128, 0], new[] { 70, 1000, 5 }.Select(most => BatchFinder.Find(Loop(most))));
        Assert.Equal(before, small.Weights);
        Assert.Equal(host.data<byte>().ToArray(), small.Random.State().Host.data<byte>().ToArray());
        Assert.All(small.Network.parameters(), p => Assert.Equal(0, p.grad!.abs().sum().item<float>()));
    }

    [Fact]
    public void Networks_find_rates_from_rows_alone()
    {
        var curve = new Kaggle.Deep.Tabular.Mlp { LearningRate = 0.004, BatchSize = 32 }.FindRate(Some.Rows(Kaggle.Core.Data.TaskKind.Binary), Some.Context);
        Assert.Equal(0.004, curve.Now);
        Assert.InRange(curve.Rates.Count, 20, 100);
        Assert.InRange(curve.Valley!.Value, 1e-5, 1);
    }

    // 100 rates; flat, then down from 40 to 80, then up.
    static readonly RateCurve bowl = new(
        [.. Enumerable.Range(0, 100).Select(i => Math.Pow(10, -7 + 8 * i / 99.0))],
        [.. Enumerable.Range(0, 100).Select(i => i < 40 ? 1 : i <= 80 ? 1 - (i - 40) / 50.0 : 0.2 + (i - 80) / 5.0)]);

    [Fact]
    public void The_minimum_suggests_a_tenth_of_the_best_rate() => Assert.Equal(bowl.Rates[80] / 10, bowl.Minimum!.Value, 1e-12);

    [Fact]
    public void The_valley_lies_in_the_way_down()
    {
        // Of the way down from 39 (the last of the flat part that is above) to 80: a third, and half of that third.
        Assert.InRange(bowl.Valley!.Value, bowl.Rates[55], bowl.Rates[62]);
    }

    [Fact]
    public void The_steepest_is_in_the_way_down() => Assert.InRange(bowl.Steep!.Value, bowl.Rates[39], bowl.Rates[80]);

    [Fact]
    public void The_slide_is_left_of_the_rise() => Assert.InRange(bowl.Slide!.Value, bowl.Rates[10], bowl.Rates[80]);

    [Fact]
    public void An_empty_curve_suggests_nothing()
    {
        var empty = new RateCurve([1], [double.NaN]);
        Assert.Null(empty.Valley);
        Assert.Null(empty.Steep);
        Assert.Null(empty.Slide);
        Assert.Null(empty.Minimum);
    }
}
