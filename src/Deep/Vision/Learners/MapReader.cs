using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Kept maps as rows to learn from: of each row one of its views, drawn anew each time.</summary>
/// <param name="rows">Owned from here, as the targets and weights.</param>
/// <param name="targets">(rows, …), on the processor.</param>
/// <param name="weights">(rows), or null.</param>
sealed class MapReader(RowMaps rows, Tensor targets, Tensor? weights) : IRowReader, IDisposable
{
    public int Rows => rows.Index.Length;

    public TrainingBatch Read(int[] numbers, long? seed)
    {
        var random = seed is { } s ? new Random(unchecked((int)s)) : null;
        using var which = tensor(Array.ConvertAll(numbers, n => (long)n));
        return new(
            [rows.Maps.Gathered(Array.ConvertAll(numbers, n => rows.Index[n]), _ => random?.Next(rows.Maps.Views) ?? 0)],
            targets.index_select(0, which), weights?.index_select(0, which));
    }

    public void Dispose()
    {
        rows.Dispose();
        targets.Dispose();
        weights?.Dispose();
    }
}
