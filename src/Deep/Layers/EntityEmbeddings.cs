using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>A learnt vector for each level of each category, side by side.</summary>
/// <remarks>
/// (batch, categories) int64 → (batch, Σ widths). Code 0 is a level of its own: missing or never seen.
/// Guo and Berkhahn, arXiv 1604.06737; the width min(600, round(1.6 n^0.56)) and the start, normal with deviation 0.01 cut at 2, are fastai's.
/// </remarks>
public sealed class EntityEmbeddings : nn.Module<Tensor, Tensor>
{
    readonly ParameterList tables;

    /// <param name="levels">For each category its number of codes, the 0 included.</param>
    /// <param name="width">The vector's length for a number of codes; null: fastai's rule.</param>
    /// <param name="deviation">Of the initial values.</param>
    /// <param name="random">Where the initial values come from.</param>
    public EntityEmbeddings(IReadOnlyList<int> levels, Randomness random, Func<int, int>? width = null, double deviation = 0.01) : base(nameof(EntityEmbeddings))
    {
        width ??= Width;
        tables = new ParameterList([.. levels.Select(n => nn.Parameter(empty(n, width(n)).normal_(0, 1, random.Host).fmod_(2).mul_(deviation)))]);
        Outputs = levels.Sum(width);
        RegisterComponents();
    }

    public int Outputs { get; }

    public static int Width(int levels) => Math.Min(600, (int)Math.Round(1.6 * Math.Pow(levels, 0.56)));

    public override Tensor forward(Tensor codes)
    {
        var columns = codes.unbind(1);
        var parts = new Tensor[columns.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = tables[i].index_select(0, columns[i]);
        return parts.Length == 1 ? parts[0] : cat(parts, 1);
    }
}
