using System.Globalization;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>A recorder's epochs as training.csv.</summary>
public static class TrainingCsv
{
    const string Header = "epoch,loss,score,learning_rate,momentum,gradient_norm,seconds,rows_per_second,memory_mb";

    public static void Write(string file, IReadOnlyList<EpochRecord> records) => File.WriteAllLines(file,
    [
        Header,
        .. records.Select((r, i) => string.Join(',', new double?[] { i + 1, r.Loss, r.Score, r.Rate, r.Momentum, r.GradientNorm, Math.Round(r.Seconds, 3), Math.Round(r.RowsPerSecond), Math.Round(r.MemoryMb) }
            .Select(x => x?.ToString("R", CultureInfo.InvariantCulture)))),
    ]);
}
