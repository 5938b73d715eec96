using Kaggle.Core.Data;
using Kaggle.Core.Learning.Ratings;
using static TorchSharp.torch;

namespace Kaggle.Deep.Recommendation;

/// <summary>What a tower is told of each user, or of each item: who it is, and the columns that are the same in all its rows, as codes.</summary>
/// <param name="Ones">How many users or items.</param>
/// <param name="Levels">For each code how many there are; 0 stands for none.</param>
/// <param name="Codes">(ones × levels' count).</param>
sealed record SideTable(int Ones, int[] Levels, long[] Codes)
{
    /// <param name="ones">How many users or items.</param>
    /// <param name="place">(rows) which of them each row is of; below 0: none.</param>
    /// <param name="beside">The rows' other columns.</param>
    public static SideTable Of(int ones, int[] place, IEnumerable<Column> beside)
    {
        int[][] codes = [[.. Enumerable.Range(0, ones)], .. beside.Select(column => SideCodes.Of(column, place, ones)).OfType<int[]>()];
        var table = new long[ones * codes.Length];
        for (var c = 0; c < codes.Length; c++)
            for (var one = 0; one < ones; one++) table[one * codes.Length + c] = codes[c][one] + 1;
        return new(ones, [.. codes.Select(c => c.DefaultIfEmpty(-1).Max() + 2)], table);
    }

    /// <returns>(rows, codes) int64 of the users or items at these places.</returns>
    public Tensor Rows(IEnumerable<int> places, Device device)
    {
        long[] rows = [.. places.SelectMany(one => Codes[(one * Levels.Length)..((one + 1) * Levels.Length)])];
        return tensor(rows, [rows.Length / Levels.Length, Levels.Length], device: device);
    }
}
