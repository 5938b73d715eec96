using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using TorchSharp.Modules;

namespace Kaggle.Deep.Training.Optimizers;

/// <summary>A network's parts from input to output, to be frozen or to learn at different rates.</summary>
/// <param name="network">The whole.</param>
/// <param name="parts">Prefixes of parameter names for each part, first the one nearest the input; a parameter in none belongs to the last.</param>
public sealed class LayerGroups(Network network, IReadOnlyList<string[]> parts)
{
    /// <summary>The network's own parts.</summary>
    public LayerGroups(Network network) : this(network, network.Parts) { }

    public int Count => parts.Count;

    /// <summary>Lets only the last part learn; norms go on.</summary>
    public void Freeze() => FreezeTo(^1);

    public void Unfreeze() => FreezeTo(0);

    /// <summary>Lets the parts from this one on learn; norms of the others go on too, as fastai's train_bn.</summary>
    /// <remarks>Make a new optimizer afterwards: frozen parameters must not decay.</remarks>
    /// <param name="first">^1 is the last part.</param>
    public void FreezeTo(Index first)
    {
        var part = first.GetOffset(parts.Count);
        if (part < 0 || part >= parts.Count) throw new InputException($"FreezeTo({first}): there are {parts.Count} parts, 0 to {parts.Count - 1}.");
        var norms = network.named_modules().Where(m => m.module is RowNorm or NormBase or LayerNorm or GroupNorm).Select(m => m.name + ".").ToArray();
        foreach (var (name, parameter) in network.named_parameters())
            parameter.requires_grad = PartOf(name) >= part || norms.Any(name.StartsWith);
    }

    /// <summary>Divides groups by the parts, each at its part's rate; what is frozen is left out, so that it does not decay either.</summary>
    /// <param name="groups">Of all that can learn.</param>
    /// <param name="rates">On top of the groups' own.</param>
    /// <param name="rate">Of the last part, likewise.</param>
    public IReadOnlyList<ParameterGroup> Divide(IEnumerable<ParameterGroup> groups, PartRates rates, double rate = 1) =>
    [
        .. from g in groups
           from part in g.Parameters.Where(p => p.Value.requires_grad).GroupBy(p => PartOf(p.Name))
           select g with { Parameters = [.. part], Rate = g.Rate * rate * rates.Of(part.Key, parts.Count) },
    ];

    int PartOf(string name)
    {
        for (var part = 0; part < parts.Count; part++)
            if (parts[part].Any(name.StartsWith)) return part;
        return parts.Count - 1;
    }
}
