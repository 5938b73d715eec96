using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public class RectifiedDenseTests
{
    [Theory]
    [InlineData(ScalarType.Float32, 0.3, 64, 48, 32)]
    [InlineData(ScalarType.Float32, 0.3, 31, 5, 13)]       // a row is shorter than a vector
    [InlineData(ScalarType.Float32, 0, 200, 70, 91)]       // and a vector shorter than a row, which it crosses
    [InlineData(ScalarType.BFloat16, 0.3, 64, 48, 32)]
    [InlineData(ScalarType.BFloat16, 0.3, 31, 5, 13)]
    [InlineData(ScalarType.BFloat16, 0.1, 1, 8, 1)]
    [InlineData(ScalarType.BFloat16, 0, 2001, 33, 64)]
    public void One_step_of_the_graph_says_what_linear_relu_and_dropout_say_and_so_do_its_slopes(ScalarType type, double share, int rows, int inputs, int outputs)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        Tensor[] Pass(TrainingPrecision precision, Func<Dense, Dropout, Tensor, Tensor> of)
        {
            using var random = new Randomness(3, CPU);
            var dense = new Dense(inputs, outputs, random, new MatrixPrecision(precision));
            var x = randn(rows, 2, inputs, generator: random.Host).requires_grad_();
            var said = of(dense, new Dropout(share, random), x);
            said.backward([(2 + arange(said.numel()).view(said.shape).sin()).to(said.dtype)]);
            return [said.detach().to(float32), x.grad!, .. dense.parameters().Select(p => p.grad!)];
        }
        var precision = type == ScalarType.BFloat16 ? TrainingPrecision.BFloat16 : TrainingPrecision.Float32;
        var one = Pass(precision, (dense, dropout, x) => dense.Rectified(x, dropout));
        var apart = Pass(TrainingPrecision.Float32, (dense, dropout, x) => dropout.call(nn.functional.relu(dense.call(x))));
        Assert.Equal(4, one.Length);
        foreach (var (mine, theirs) in one.Zip(apart))
        {
            Assert.Equal(theirs.shape, mine.shape);
            Assert.InRange((mine - theirs).norm().item<float>() / (1e-6f + theirs.norm().item<float>()), 0, type == ScalarType.BFloat16 ? 0.08f : 1e-5f);
        }
    }

    [Fact]
    public void Where_nobody_asks_for_the_inputs_slope_the_weights_have_theirs_all_the_same()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var dense = new Dense(6, 4, random, new MatrixPrecision(TrainingPrecision.BFloat16));
        dense.Rectified(randn(10, 6, generator: random.Host), new Dropout(0.5, random)).sum().backward();
        Assert.All(dense.parameters(), p => Assert.True(p.grad!.norm().item<float>() > 0));
    }

    [Fact]
    public void What_is_not_finite_stays_so()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var dense = new Dense(6, 70, random, new MatrixPrecision(TrainingPrecision.BFloat16));
        var said = dense.Rectified(full(2, 6, float.NaN), new Dropout(0, random));
        Assert.True(said.isnan().all().item<bool>());
    }
}
