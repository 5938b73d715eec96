using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>Each number becomes itself and a linear map of cosines of learnt frequencies.</summary>
/// <remarks>
/// (batch, features) → (batch, features × width). PBLD of RealMLP, arXiv 2407.04491: cos(2π w x + b) with w normal of a small deviation
/// and b uniform within ±π, then linear to width − 1, then beside x.
/// </remarks>
public sealed class PeriodicEmbeddings : nn.Module<Tensor, Tensor>
{
    readonly Parameter frequencies, phases, weight, bias;

    public PeriodicEmbeddings(int features, int count, double deviation, Randomness random, int width = 4) : base(nameof(PeriodicEmbeddings))
    {
        frequencies = nn.Parameter(empty(features, count).normal_(0, deviation, random.Host));
        phases = nn.Parameter(empty(features, count).uniform_(-Math.PI, Math.PI, random.Host));
        var bound = 1 / Math.Sqrt(count);
        weight = nn.Parameter(empty(features, count, width - 1).uniform_(-bound, bound, random.Host));
        bias = nn.Parameter(empty(features, width - 1).uniform_(-bound, bound, random.Host));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var numbers = x.unsqueeze(2);                                                               // (batch, features, 1)
        var waves = (numbers * frequencies * (2 * Math.PI) + phases).cos();                         // (batch, features, count)
        var mapped = waves.transpose(0, 1).bmm(weight).transpose(0, 1) + bias;                      // (batch, features, width − 1)
        return cat([numbers, mapped], 2).flatten(1).MoveToOuterDisposeScope();
    }
}
