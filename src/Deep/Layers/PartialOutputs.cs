using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>What a sequence of layers says on its way.</summary>
static class PartialOutputs
{
    /// <returns>The layers from that number on.</returns>
    public static IReadOnlyList<nn.Module<Tensor, Tensor>> From(this Sequential layers, int first) => [.. layers.children().Skip(first).Cast<nn.Module<Tensor, Tensor>>()];

    /// <param name="layers">Run one after the other.</param>
    /// <param name="x">The first one's input.</param>
    /// <param name="ends">Numbers of layers, rising.</param>
    /// <returns>The outputs of those layers; none after the last is run.</returns>
    public static IReadOnlyList<Tensor> After(this Sequential layers, Tensor x, ReadOnlySpan<int> ends)
    {
        using var scope = NewDisposeScope();
        var said = new List<Tensor>();
        var number = 0;
        foreach (var layer in layers.children().Take(ends[^1] + 1).Cast<nn.Module<Tensor, Tensor>>())
        {
            var before = x;
            x = layer.call(x);
            if (number > 0 && !ends.Contains(number - 1)) before.Dispose();
            if (ends.Contains(number++)) said.Add(x.MoveToOuterDisposeScope());
        }
        return said;
    }
}
