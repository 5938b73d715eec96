using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

/// <summary>Numbers given to native functions must live until the call is over, whenever garbage is collected.</summary>
public class ScriptCallTests
{
    [Fact]
    public void Steps_are_the_same_while_garbage_is_collected_all_the_time()
    {
        var calm = Trained(60_000);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Assert.Equal(calm, Trained(60_000));
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    static float[] Trained(int steps)
    {
        using var scope = NewDisposeScope();
        using var weight = TorchSharp.torch.nn.Parameter(ones(8));
        using var optimizer = new Optimizer(new AdamW { Rate = 1e-3, Decay = 0.1 }, [new([("weight", weight)])]);
        var gradient = full(8, 0.5f);                        // made once: plain numbers in other calls have the same fault
        for (var step = 0; step < steps; step++)
        {
            weight.grad!.copy_(gradient);
            optimizer.Step(new Pace(1));
        }
        return weight.detach().data<float>().ToArray();
    }
}
