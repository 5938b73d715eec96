using Kaggle.Core.Data;
using Kaggle.Core.Data.Texts;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>A text whose words are taken out one by one: what the prediction loses with each.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Predicted">What the model says of the whole text: the chance of the second class, of the likeliest, or a number as learned.</param>
/// <param name="Words">In the order of the text, each with the prediction less the prediction without it.</param>
public sealed record MovedPrediction(string Id, double Predicted, IReadOnlyList<MovingWord> Words)
{
    const int MostWords = 60;

    /// <summary>Occlusion: M. Zeiler, R. Fergus, arXiv 1311.2901, with words for pixels.</summary>
    /// <returns>Null when no model has judged the row, or the text has too few words or too many.</returns>
    public static MovedPrediction? Of(Dataset train, string column, int row, string id, IReadOnlyList<ExplainedFold> models)
    {
        if (models.FirstOrDefault(m => m.Fold.Validation.Contains(row)) is not { } judge) return null;
        var at = judge.Fold.Validation.IndexOf(row);
        if (!judge.Validation.Has(column) || judge.Validation.Take([at])[column] is not TextColumn { Texts: var one } || one.Span[0] is not { } text) return null;
        var places = TextWords.Places(text);
        if (places.Count is 0 or > MostWords) return null;
        string?[] texts = [text, .. places.Select(p => text.Remove(p.Start, p.Length))];
        var rows = judge.Validation.Take([.. Enumerable.Repeat(at, texts.Length)]);
        var predicted = judge.Model.Predict(rows.WithColumns(rows.Columns.Select(c => c.Name == column ? new TextColumn(column, texts) : rows[c.Name])));
        var output = predicted.Outputs == 1 ? 0 : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(predicted.Values.Row(0));
        return new(id, predicted[0, output], [.. places.Select((p, i) => new MovingWord(text.Substring(p.Start, p.Length), (double)predicted[0, output] - predicted[i + 1, output]))]);
    }
}

/// <param name="Word">As it stands in the text.</param>
/// <param name="Moved">The prediction less the prediction without it.</param>
public sealed record MovingWord(string Word, double Moved);
