namespace Kaggle.Core.Data;

/// <summary>Where the cells of all columns go while chunks of a file are parsed side by side: each chunk has its place reserved.</summary>
/// <remarks>
/// The rows to come are guessed from the first chunk. When the guess holds, and no line is empty or in quotes, the cells lie at the end as
/// the columns need them, and nothing is copied; pages that a generous guess leaves untouched cost nothing.
/// </remarks>
sealed class CellStore(Storing[] storing, int expectedRows)
{
    readonly Lock turn = new();
    Array[] arrays = [];
    int capacity, used;

    /// <returns>Thread-safe: for each column an array, and where in it these rows begin.</returns>
    public (Array[] Arrays, int Start) Reserve(int rows)
    {
        lock (turn)
        {
            if (used + rows > capacity)
            {
                capacity = Math.Max(rows, arrays.Length == 0 ? expectedRows : Math.Max(expectedRows, capacity * 2));
                arrays = Array.ConvertAll(storing, s => Made(s, capacity));
                used = 0;
            }
            used += rows;
            return (arrays, used - rows);
        }
    }

    public static Array Made(Storing storing, int rows) => storing switch
    {
        Storing.Nothing => Array.Empty<byte>(),
        Storing.Numbers => GC.AllocateUninitializedArray<double>(rows),
        Storing.Words => GC.AllocateUninitializedArray<int>(rows),
        _ => GC.AllocateUninitializedArray<long>(rows),
    };
}
