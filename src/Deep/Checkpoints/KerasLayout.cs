using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Keras keeps the same numbers in other orders and under other names: kernels with the outputs last, gamma for weight.</summary>
public static class KerasLayout
{
    /// <summary>
    /// "layer/kernel:0" (height, width, inputs, outputs) becomes "layer.weight" (outputs, inputs, height, width), a dense kernel (inputs, outputs) becomes
    /// (outputs, inputs), depthwise (height, width, channels, 1) becomes (channels, 1, height, width), and norms get PyTorch's names. A separable convolution becomes
    /// "layer.depthwise" and "layer.pointwise". What a network did to its pictures before (layers called normalization) is left out: here that is the pictures' normalisation.
    /// </summary>
    /// <returns>Whether the checkpoint had Keras's names.</returns>
    public static bool Apply(StateDict checkpoint)
    {
        var names = checkpoint.Keys.Where(name => name.Contains('/')).ToArray();
        if (names.Length == 0) return false;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var separable = names.Select(Parts).Where(p => p.Kind == "pointwise_kernel").Select(p => p.Layer).ToHashSet();
        foreach (var name in names)
        {
            var (layer, kind) = Parts(name);
            var value = checkpoint[name];
            if (layer.StartsWith("normalization", StringComparison.Ordinal) && kind is "mean" or "variance" or "count")
            {
                checkpoint.Remove(name);
                continue;
            }
            var (suffix, turned) = kind switch
            {
                "kernel" => ("weight", value.dim() == 4 ? value.permute(3, 2, 0, 1) : value.t()),
                "depthwise_kernel" => (separable.Contains(layer) ? "depthwise.weight" : "weight", value.permute(2, 3, 0, 1)),
                "pointwise_kernel" => ("pointwise.weight", value.permute(3, 2, 0, 1)),
                "gamma" => ("weight", value),
                "beta" => ("bias", value),
                "moving_mean" => ("running_mean", value),
                "moving_variance" => ("running_var", value),
                var other => (other, value),
            };
            var copy = turned.clone();
            checkpoint.Remove(name);
            checkpoint.Put($"{layer}.{suffix}", copy);
        }
        return true;
    }

    static (string Layer, string Kind) Parts(string name) => name.Split(':')[0].Split('/') is [.., var layer, var kind] ? (layer, kind) : ("", name);
}
