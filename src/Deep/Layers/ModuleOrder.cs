using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>The modules of a network as they are declared, each before what follows it.</summary>
public static class ModuleOrder
{
    /// <returns>Names as in the network's state, a module before those within it. TorchSharp's own named_modules gives all children before any grandchild.</returns>
    public static IEnumerable<(string Name, nn.Module Module)> DepthFirst(this nn.Module network, string prefix = "")
    {
        foreach (var (name, child) in network.named_children())
        {
            yield return (prefix + name, child);
            foreach (var inner in child.DepthFirst($"{prefix}{name}.")) yield return inner;
        }
    }
}
