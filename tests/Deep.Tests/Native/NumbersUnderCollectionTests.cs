using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Native;

/// <summary>Numbers given to native calls must be there until the call has read them, whenever garbage is collected.</summary>
public class NumbersUnderCollectionTests
{
    [Fact]
    public void Operations_with_plain_numbers_give_the_same_while_garbage_is_collected_all_the_time() =>
        WhileCollecting(() => Parallel.For(0, 4, _ =>
        {
            using var threes = full(8, 3.0f);
            for (var i = 0; i < 15_000; i++)
            {
                using var scope = NewDisposeScope();
                var squared = threes.pow(2) + threes;
                if (i % 100 == 0) Assert.Equal(12f, squared[0].item<float>());
            }
        }));

    [Fact]
    public void Optimizer_steps_are_the_same_while_garbage_is_collected_all_the_time()
    {
        var calm = Trained(30_000);
        WhileCollecting(() => Assert.Equal(calm, Trained(30_000)));
    }

    static float[] Trained(int steps)
    {
        using var scope = NewDisposeScope();
        using var weight = TorchSharp.torch.nn.Parameter(ones(8));
        using var optimizer = new Optimizer(new AdamW { Rate = 1e-3, Decay = 0.1 }, [new([("weight", weight)])]);
        var gradient = full(8, 0.5f);
        for (var step = 0; step < steps; step++)
        {
            weight.grad!.copy_(gradient);
            optimizer.Step(new Pace(1));
        }
        return weight.detach().data<float>().ToArray();
    }

    static void WhileCollecting(Action work)
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                Thread.Sleep(1);
            }
        });
        collector.Start();
        try
        {
            work();
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }
}
