using Kaggle.Core.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>A network's parts from input to output, to be frozen or to learn at different rates.</summary>
/// <param name="network">The whole.</param>
/// <param name="parts">Prefixes of parameter names for each part, first the one nearest the input; a parameter in none belongs to the last.</param>
public sealed class LayerGroups(nn.Module network, IReadOnlyList<string[]> parts)
{
    /// <summary>Lets only the last part learn; batch norms go on.</summary>
    public void Freeze() => FreezeTo(parts.Count - 1);

    public void Unfreeze() => FreezeTo(0);

    /// <summary>Lets the parts from this one on learn; batch norms of the others go on too.</summary>
    /// <remarks>Make a new optimizer afterwards: frozen parameters must not decay.</remarks>
    public void FreezeTo(int part)
    {
        if (part < 0 || part >= parts.Count) throw new InputException($"FreezeTo({part}): there are {parts.Count} parts, 0 to {parts.Count - 1}.");
        var norms = network.named_modules().Where(m => m.module is BatchNorm1d or BatchNorm2d or BatchNorm3d or LayerNorm).Select(m => m.name + ".").ToArray();
        foreach (var (name, parameter) in network.named_parameters())
            parameter.requires_grad = PartOf(name) >= part || norms.Any(name.StartsWith);
    }

    /// <returns>Groups for an optimizer, rates growing geometrically from the first part to the last; frozen parameters are left out.</returns>
    /// <param name="first">Factor of the learning rate at the input.</param>
    /// <param name="last">At the output.</param>
    public IReadOnlyList<ParameterGroup> Geometric(double first, double last = 1)
    {
        var groups =
            from p in network.named_parameters()
            where p.parameter.requires_grad
            group (p.name, p.parameter) by (Part: PartOf(p.name), Decays: p.parameter.dim() > 1);
        return [.. groups.Select(g => new ParameterGroup([.. g], parts.Count == 1 ? last : first * Math.Pow(last / first, g.Key.Part / (parts.Count - 1.0)), g.Key.Decays))];
    }

    int PartOf(string name)
    {
        for (var part = 0; part < parts.Count; part++)
            if (parts[part].Any(name.StartsWith)) return part;
        return parts.Count - 1;
    }
}
