using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Kept maps as rows to learn from: of each row one of its views, drawn anew each time. A copy takes far less than a step, so nothing is read ahead.</summary>
/// <param name="rows">Owned from here, as the targets and weights.</param>
/// <param name="targets">(rows, …), on the device.</param>
/// <param name="weights">(rows), or null.</param>
sealed class MapRows(RowMaps rows, Tensor targets, Tensor? weights) : IRowSource
{
    public int Rows => rows.Index.Length;

    public Device Device => targets.device;

    public int Batches(int size) => EvenBatches.Count(Rows, size);

    public IEnumerable<TrainingBatch> Shuffled(int size, Randomness random)
    {
        foreach (var numbers in EvenBatches.Shuffled(Rows, size, random))
        {
            using var drawn = randint(rows.Maps.Views, [numbers.Length], ScalarType.Int64, generator: random.Host);
            var views = drawn.data<long>().ToArray();
            yield return Batch(numbers, i => (int)views[i]);
        }
    }

    public IEnumerable<TrainingBatch> InOrder(int size) => EvenBatches.InOrder(Rows, size).Select(numbers => Batch(numbers, _ => 0));

    TrainingBatch Batch(int[] numbers, Func<int, int> view)
    {
        using var which = tensor(Array.ConvertAll(numbers, n => (long)n), device: Device);
        using var maps = rows.Maps.Gathered(Array.ConvertAll(numbers, n => rows.Index[n]), view);
        return new([maps.to(Device, copy: true)], targets.index_select(0, which), weights?.index_select(0, which));
    }

    public void Dispose()
    {
        rows.Dispose();
        targets.Dispose();
        weights?.Dispose();
    }
}
