using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>Parameters that learn alike.</summary>
/// <param name="Parameters">Names as in the network's state, and the tensors.</param>
/// <param name="Rate">Factor of the learning rate.</param>
/// <param name="Decays">Whether weight decay shrinks them; biases and norms are left alone.</param>
public sealed record ParameterGroup(IReadOnlyList<(string Name, Parameter Value)> Parameters, double Rate = 1, bool Decays = true)
{
    /// <summary>Factor of the weight decay, on top of <see cref="Rate"/>, which decay follows as every decoupled one does.</summary>
    public double DecayFactor { get; init; } = 1;

    /// <returns>What of a rule's decay is meant for this group.</returns>
    internal double Share(double decay) => Decays ? decay * DecayFactor : 0;

    /// <returns>All that can learn, in two groups: matrices, which decay, and vectors (biases, norms, scales), which do not.</returns>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module network, double rate = 1)
    {
        var learning = network.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter)).ToList();
        ParameterGroup[] groups = [new([.. learning.Where(p => p.parameter.dim() > 1)], rate), new([.. learning.Where(p => p.parameter.dim() <= 1)], rate, Decays: false)];
        return [.. groups.Where(g => g.Parameters.Count > 0)];
    }
}
