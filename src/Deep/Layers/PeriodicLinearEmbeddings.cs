using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each number becomes cosines and sines of learnt frequencies, mapped by one linear layer that all numbers share, then ReLU.</summary>
/// <remarks>
/// (batch, features) → (batch, features × width). PLR of Gorishniy and others, arXiv 2203.05556, its "lite" form of TabR, arXiv 2307.14338:
/// frequencies normal of the given deviation, cut at three of them.
/// </remarks>
public sealed class PeriodicLinearEmbeddings : nn.Module<Tensor, Tensor>
{
    readonly Parameter frequencies;
    readonly Dense linear;

    public PeriodicLinearEmbeddings(int features, int count, int width, double deviation, Randomness random, MatrixPrecision compute) : base(nameof(PeriodicLinearEmbeddings))
    {
        frequencies = nn.Parameter(empty(features, count).normal_(0, 1, random.Host).fmod_(3).mul_(deviation));
        linear = new(2 * count, width, random, compute);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var turns = x.unsqueeze(2) * (frequencies * (2 * Math.PI));                                 // (batch, features, count)
        var mapped = linear.call(cat([turns.cos(), turns.sin()], 2));                               // (batch, features, width)
        return nn.functional.relu(mapped).flatten(1).MoveToOuterDisposeScope();
    }
}
