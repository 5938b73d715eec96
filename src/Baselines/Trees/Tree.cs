using System.Runtime.InteropServices;

namespace Kaggle.Baselines.Trees;

/// <summary>One grown tree, flat: node i asks its column; its children are two neighbours, or it is a leaf and holds values.</summary>
sealed class Tree
{
    const int Leaf = -1;

    readonly List<Node> nodes = [];
    readonly List<uint> levels = [];                           // bit sets of all splits of categories, one after the other
    readonly List<float> values = [];                          // what leaves hold, one after the other

    Node[] frozen = [];

    /// <param name="Column">The column asked; −1 in a leaf.</param>
    /// <param name="Threshold">Numbers at most this go left.</param>
    /// <param name="Left">The left child; the right is the next. In a leaf where its values start.</param>
    /// <param name="Levels">Where the bit set starts; −1: a number is asked. In a leaf how many values it holds.</param>
    /// <param name="LevelWords">How many words the bit set has.</param>
    readonly record struct Node(int Column, float Threshold, int Left, int Levels, int LevelWords, bool MissingLeft);

    public int AddNode()
    {
        nodes.Add(default);
        return nodes.Count - 1;
    }

    public void SetLeaf(int node, ReadOnlySpan<float> leaf)
    {
        nodes[node] = new(Leaf, 0, values.Count, leaf.Length, 0, false);
        values.AddRange(leaf);
    }

    /// <returns>The left child; the right is the next.</returns>
    public int SetSplit(int node, TreeSplit split)
    {
        var child = AddNode();
        AddNode();
        nodes[node] = new(split.Column, split.Threshold, child, split.LeftLevels is null ? -1 : levels.Count, split.LeftLevels?.Length ?? 0, split.MissingLeft);
        if (split.LeftLevels is not null) levels.AddRange(split.LeftLevels);
        return child;
    }

    public Tree Freeze()
    {
        frozen = [.. nodes];
        return this;
    }

    /// <param name="row">(columns) as <see cref="TreeColumns"/> reads them.</param>
    /// <returns>What the row's leaf holds.</returns>
    public ReadOnlySpan<float> Values(ReadOnlySpan<float> row)
    {
        ref readonly var node = ref frozen[0];
        while (node.Column != Leaf)
            node = ref frozen[node.Left + (GoesLeft(node, row[node.Column]) ? 0 : 1)];
        return CollectionsMarshal.AsSpan(values).Slice(node.Left, node.Levels);
    }

    bool GoesLeft(in Node node, float value)
    {
        if (node.Levels < 0) return float.IsNaN(value) ? node.MissingLeft : value <= node.Threshold;
        var code = float.IsNaN(value) ? 0 : (int)value + 1;
        return (levels[node.Levels + code / 32] >> code % 32 & 1) == 1;
    }

    public void Write(BinaryWriter to)
    {
        to.Write(nodes.Count);
        foreach (var node in nodes)
        {
            to.Write(node.Column);
            to.Write(node.Threshold);
            to.Write(node.Left);
            to.Write(node.Levels);
            to.Write(node.LevelWords);
            to.Write(node.MissingLeft);
        }
        to.Write(levels.Count);
        foreach (var word in levels) to.Write(word);
        to.Write(values.Count);
        foreach (var value in values) to.Write(value);
    }

    public static Tree Read(BinaryReader from)
    {
        var tree = new Tree();
        for (var left = from.ReadInt32(); left > 0; left--)
            tree.nodes.Add(new(from.ReadInt32(), from.ReadSingle(), from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), from.ReadBoolean()));
        for (var left = from.ReadInt32(); left > 0; left--) tree.levels.Add(from.ReadUInt32());
        for (var left = from.ReadInt32(); left > 0; left--) tree.values.Add(from.ReadSingle());
        return tree.Freeze();
    }
}
