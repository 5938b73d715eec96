using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using TorchSharp;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Tests.Deep.Layers;

public sealed class RecomputationTests : IDisposable
{
    readonly DisposeScope scope;
    readonly Randomness random;

    public RecomputationTests()
    {
        Libtorch.Load();
        scope = NewDisposeScope();
        random = new(3, CPU);
    }

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Frozen_inputs_still_let_a_layers_own_weights_learn()
    {
        using var layer = nn.Linear(2, 1);
        var x = tensor(new[] { 1f, 2, 3, 4 }).view(2, 2);
        new Recomputation(random).Of(layer, inputs => layer.call(inputs[0]), x).sum().backward();
        Assert.Equal([4f, 6], layer.weight!.grad!.data<float>().ToArray());                // the columns' sums
    }

    [Fact]
    public void Gradients_are_added_to_those_that_are_there()
    {
        using var layer = nn.Linear(2, 1);
        var x = tensor(new[] { 1f, 2 }).view(1, 2);
        var again = new Recomputation(random);
        for (var part = 0; part < 3; part++) again.Of(layer, inputs => layer.call(inputs[0]), x).sum().backward();
        Assert.Equal([3f, 6], layer.weight!.grad!.data<float>().ToArray());
    }

    [Fact]
    public void What_is_drawn_is_drawn_once()
    {
        // Behind a dropout of half the values, the gradient is 2 where a value passed and 0 elsewhere.
        using var dropout = new Dropout(0.5, random);
        dropout.train();
        var x = ones(400).requires_grad_();
        var y = new Recomputation(random).Of(dropout, inputs => dropout.call(inputs[0]), x);
        var next = empty(1).uniform_(0, 1, random.Host).item<float>();
        y.sum().backward();
        Assert.Equal(y.data<float>().ToArray(), x.grad!.data<float>().ToArray());
        Assert.InRange(y.data<float>().Count(v => v == 2), 100, 300);

        // And what comes after is drawn as if nothing had been computed twice.
        using var same = new Randomness(3, CPU);
        using var other = new Dropout(0.5, same);
        other.train();
        other.call(x);
        Assert.Equal(next, empty(1).uniform_(0, 1, same.Host).item<float>());
        Assert.Equal(empty(1).uniform_(0, 1, same.Host).item<float>(), empty(1).uniform_(0, 1, random.Host).item<float>());
    }

    [Fact]
    public void What_fails_the_second_time_is_thrown_when_the_gradients_have_come_back()
    {
        using var layer = nn.Linear(2, 1);
        var (again, calls) = (new Recomputation(random), 0);
        var y = again.Of(layer, inputs => calls++ == 0 ? layer.call(inputs[0]) : throw new InvalidOperationException("out of memory, say"), ones(1, 2));
        y.sum().backward();
        Assert.Contains("say", Assert.Throws<InvalidOperationException>(again.Check).Message);
        again.Check();                                                                     // told once
    }

    [Fact]
    public void Predicting_keeps_nothing()
    {
        using var layer = nn.Linear(2, 1);
        layer.eval();
        var calls = 0;
        var y = new Recomputation(random).Of(layer, inputs => { calls++; return layer.call(inputs[0]); }, ones(1, 2));
        y.sum().backward();
        Assert.Equal(1, calls);
    }
}
