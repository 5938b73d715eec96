namespace Kaggle.Deep.Tabular;

/// <summary>Settings that follow from the number of rows.</summary>
static class RowRules
{
    /// <returns>About a hundredth of the rows, a power of two.</returns>
    public static int Batch(int rows, int least, int most) =>
        (int)Math.Clamp(Math.Pow(2, Math.Round(Math.Log2(Math.Max(1, rows / 100.0)))), least, most);

    /// <returns>A bin for each 150 rows, 2 to 48: more of them learn single rows.</returns>
    public static int Bins(int rows) => Math.Clamp(rows / 150, 2, 48);

    /// <returns>Most up to a thousand rows, least from a million on, geometric between.</returns>
    public static int Epochs(int rows, int most, int least)
    {
        var share = Math.Clamp(Math.Log10(Math.Max(1, rows) / 1000.0) / 3, 0, 1);
        return (int)Math.Round(most * Math.Pow(least / (double)most, share));
    }
}
