using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training;

public class LossScaleTests
{
    [Fact]
    public void A_scaled_loss_trains_as_an_unscaled_one()
    {
        float[] Train(bool scaled)
        {
            using var small = new SmallTraining();
            using var scale = LossScale.Dynamic(CPU, 1024);
            using var optimizer = new Optimizer(new Sgd { Rate = 0.01 }, ParameterGroup.Of(small.Network)) { Scale = scaled ? scale : null, Clip = 0.5 };
            small.Loop(optimizer).Run();
            return small.Weights;
        }
        Assert.All(Train(false).Zip(Train(true)), w => Assert.Equal(w.First, w.Second, 1e-5f));
    }

    [Fact]
    public void A_step_that_is_not_finite_is_skipped_and_the_scale_halved()
    {
        using var scope = NewDisposeScope();
        using var weight = nn.Parameter(ones(2));
        using var scale = LossScale.Dynamic(CPU, 1024);
        using var optimizer = new Optimizer(new Sgd { Rate = 1, Momentum = 0 }, [new([("w", weight)])]) { Scale = scale };
        void Step(float gradient)
        {
            using (no_grad()) weight.grad!.fill_(gradient);
            optimizer.Step(new Pace(1));
        }
        Step(float.PositiveInfinity);
        Assert.Equal((1f, 512f, 1), (weight[0].item<float>(), scale.Factor.item<float>(), scale.Skipped));
        Step(256);                                                       // half, once unscaled
        Assert.Equal((0.5f, 512f, 0), (weight[0].item<float>(), scale.Factor.item<float>(), scale.SkippedInARow));
    }

    [Fact]
    public void One_bad_batch_is_skipped_if_asked_and_ends_the_training_if_not()
    {
        (float[] Weights, int Steps) Train(bool skips)
        {
            using var small = new SmallTraining();
            using var scale = LossScale.SkippingOnly(CPU);
            using var optimizer = new Optimizer(new AdamW(), ParameterGroup.Of(small.Network)) { Scale = skips ? scale : null };
            var step = 0;
            var loop = new Loop
            {
                Network = small.Network, Train = small.Rows, Optimizer = optimizer, Rate = 1e-3, Epochs = 1, BatchSize = 16, Random = small.Random, Callbacks = [new StopOnNonFinite()],
                Loss = (output, batch) => small.Objective.LossOf(output, batch) * (++step == 2 ? float.NaN : 1),
            };
            loop.Run();
            return (small.Weights, scale.Skipped);
        }
        var (weights, skipped) = Train(true);
        Assert.Equal(1, skipped);
        Assert.All(weights, w => Assert.True(float.IsFinite(w)));
        var error = Assert.Throws<InputException>(() => Train(false));
        Assert.Contains("step 2 of 4, at learning rate", error.Message);
    }

    [Fact]
    public void A_training_that_only_skips_ends_with_a_sentence()
    {
        using var small = new SmallTraining();
        using var scale = LossScale.SkippingOnly(CPU);
        using var optimizer = new Optimizer(new AdamW(), ParameterGroup.Of(small.Network)) { Scale = scale };
        var loop = new Loop
        {
            Network = small.Network, Train = small.Rows, Optimizer = optimizer, Rate = 1e-3, Epochs = 50, BatchSize = 16, Random = small.Random, Callbacks = [new StopOnNonFinite()],
            Loss = (output, batch) => small.Objective.LossOf(output, batch) * float.NaN,
        };
        Assert.Contains("in a row", Assert.Throws<InputException>(loop.Run).Message);
    }

    [Fact]
    public void TensorFloat32_is_a_switch_of_libtorchs()
    {
        Kaggle.Deep.Native.Libtorch.Load();
        Kaggle.Deep.Native.TorchDevice.UseTensorFloat32(true);
        Assert.True(backends.cuda.matmul.allow_tf32);
        Kaggle.Deep.Native.TorchDevice.UseTensorFloat32(false);
        Assert.False(backends.cuda.matmul.allow_tf32);
    }

    [Theory]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Float16)]
    public void Lower_precision_computes_in_it_and_keeps_weights_and_predictions_in_float32(TrainingPrecision precision)
    {
        using var small = new SmallTraining();
        using var scope = NewDisposeScope();
        var compute = new MatrixPrecision(precision);
        using var network = new MlpNetwork(5, 5, [], new NetworkSettings { Hidden = [16, 8] }, 1, small.Random, compute);
        Tensor Output() => network.call(small.Rows.Inputs);
        var rounded = Output();
        compute.Precision = TrainingPrecision.Float32;
        var full = Output();
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Assert.All(network.parameters(), p => Assert.Equal(ScalarType.Float32, p.dtype));
        // Rounded to 8 or 11 bits on the way: near, and not the same.
        Assert.InRange((rounded - full).abs().max().item<float>(), 1e-5f, 0.1f);
        rounded.sum().backward();
        Assert.All(network.parameters(), p => Assert.Equal(ScalarType.Float32, p.grad!.dtype));
    }
}
