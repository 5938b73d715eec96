using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Whether the place of a row in the file, or its id, tells the answer.</summary>
static class RowOrder
{
    const int Fewest = 100;

    public static IEnumerable<Warning> Find(Dataset train, IReadOnlyList<string>? ids)
    {
        if (train.Rows < Fewest) yield break;
        var places = new float[train.Rows];
        for (var row = 0; row < places.Length; row++) places[row] = row;
        var byPlace = Told(places, train);
        if (byPlace is { } place)
            yield return new("warning", "row-order", $"The order of the rows tells the answer ({place.Figure}): the file is sorted or comes in blocks. Shuffle the folds, and ask what the blocks are: they may be groups or time.");

        // Ids that only count the rows say nothing new.
        if (ids is null || byPlace is not null) yield break;
        var numbers = new float[ids.Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = double.TryParse(ids[row], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (float)number : float.NaN;
        if (numbers.Count(float.IsNaN) > numbers.Length / 2) yield break;
        if (Told(numbers, train) is { } id)
            yield return new("warning", "id-predicts", $"The id tells the answer ({id.Figure}): ids were given in an order that knows it. No learner sees ids; a feature made from them would not hold elsewhere.");
    }

    static Telling? Told(float[] values, Dataset train)
    {
        var told = Telling.Of(ColumnBuckets.OfNumbers(values), train.Answers, 0);
        // Chance alone gives 2 · AUC − 1 a standard error of 1 / √(3/4 · evidence); both conditions keep small tables quiet.
        return told.Share > 0.15 && told.Share > 8 / Math.Sqrt(3 * Telling.Evidence(train.Answers, 0)) ? told : null;
    }
}
