using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>One vector for each column, after one that is the same for every row: the transformer's answer grows there.</summary>
/// <remarks>
/// (batch, numbers) float32 and (batch, categories) int64 → (batch, 1 + numbers + categories, width). FT-Transformer's feature tokenizer,
/// arXiv 2106.11959: a number stretches its column's vector, a level has a vector of its own, both plus the column's bias.
/// </remarks>
public sealed class ColumnTokens : nn.Module<Tensor, Tensor, Tensor>
{
    readonly Parameter weight, bias;
    readonly Parameter? level_vectors;
    readonly Tensor? level_offsets;

    /// <param name="numbers">Number inputs.</param>
    /// <param name="levels">Codes of each category.</param>
    /// <param name="width">A vector's length.</param>
    /// <param name="random">Where the initial values come from.</param>
    public ColumnTokens(int numbers, IReadOnlyList<int> levels, int width, Randomness random) : base(nameof(ColumnTokens))
    {
        var bound = 1 / Math.Sqrt(width);
        Parameter Drawn(long rows) => nn.Parameter(empty(rows, width).uniform_(-bound, bound, random.Host));
        weight = Drawn(1 + numbers);
        bias = Drawn(numbers + levels.Count);
        if (levels.Count > 0)
        {
            level_vectors = Drawn(levels.Sum());
            level_offsets = tensor(levels.Select((_, i) => (long)levels.Take(i).Sum()).ToArray());      // where each category's vectors begin
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor numbers, Tensor codes)
    {
        using var scope = NewDisposeScope();
        var one = ones(numbers.shape[0], 1, numbers.dtype, numbers.device);
        var tokens = cat([one, numbers], 1).unsqueeze(2) * weight;                                     // (batch, 1 + numbers, width)
        if (level_vectors is not null)
        {
            var levels = level_vectors.index_select(0, (codes + level_offsets!).flatten()).view(codes.shape[0], codes.shape[1], -1);
            tokens = cat([tokens, levels], 1);                                                         // (batch, 1 + numbers + categories, width)
        }
        return (tokens + nn.functional.pad(bias, [0, 0, 1, 0])).MoveToOuterDisposeScope();
    }
}
