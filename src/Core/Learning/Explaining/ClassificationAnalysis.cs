using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>How out-of-fold predictions meet classes.</summary>
/// <param name="Rows">How many rows were predicted.</param>
/// <param name="Confusion">Of the labels decided on; null for several independent labels.</param>
/// <param name="Classes">One a class, or a label: against all others. Of two classes the second alone.</param>
/// <param name="Confidence">Several classes: the chance given to the likeliest class against how often it is right.</param>
public sealed record ClassificationAnalysis(int Rows, Confusion? Confusion, IReadOnlyList<ClassCurves> Classes, Calibration? Confidence)
{
    /// <summary>Of more classes only the commonest keep their curves: a page shows no more, and hundreds would fill megabytes.</summary>
    const int MostCurves = 10;

    /// <param name="answers">Of all training rows.</param>
    /// <param name="predictions">Out of fold; NaN where a row has none.</param>
    /// <param name="labels">What was decided for each training row: (rows, 1) class codes, or (rows, labels) of 0 and 1.</param>
    /// <returns>Null where the answers are no classes, or no row has a prediction.</returns>
    public static ClassificationAnalysis? Of(TargetValues answers, Predictions predictions, Matrix labels)
    {
        var rows = JudgedRow.Rows(predictions);
        if (rows.Length == 0) return null;
        var chances = predictions.Kind == OutputKind.Probabilities;
        return answers.Task switch
        {
            TaskKind.Binary => new(rows.Length, Confusion.Of(answers, labels, rows),
                [ClassCurves.Of(answers.Classes[1], rows, i => answers.Truth[i, 0] == 1, i => labels[i, 0] == 1, i => predictions[i, 0], chances)], null),
            TaskKind.Multiclass => new(rows.Length, Confusion.Of(answers, labels, rows),
                Shortened(answers.Classes.Select((name, k) => ClassCurves.Of(name, rows,
                    i => answers.Truth[i, 0] == k, i => labels[i, 0] == k, i => predictions[i, k], chances))),
                chances ? OfTheLikeliest(answers, predictions, rows) : null),
            TaskKind.Multilabel => new(rows.Length, null,
                Shortened(answers.Target.Columns.Select((name, k) => ClassCurves.Of(name, rows,
                    i => answers.Truth[i, k] == 1, i => labels[i, k] == 1, i => predictions[i, k], chances))), null),
            TaskKind.Ordinal => new(rows.Length, Confusion.Of(answers, labels, rows),
            [
                .. answers.Classes.Select((name, k) => ClassCurves.Of(name, rows,
                    i => answers.Truth[i, 0] == k, i => labels[i, 0] == k, score: null, chances: false)),
            ], null),
            _ => null,
        };
    }

    static ClassCurves[] Shortened(IEnumerable<ClassCurves> classes)
    {
        var all = classes.ToArray();
        var kept = all.OrderByDescending(c => c.Rows).Take(MostCurves).ToHashSet(ReferenceEqualityComparer.Instance);
        return Array.ConvertAll(all, c => kept.Contains(c) ? c : c with { Roc = [], PrecisionRecall = [], Calibration = null, Chances = null });
    }

    static Calibration OfTheLikeliest(TargetValues answers, Predictions predictions, int[] rows)
    {
        var chance = new double[rows.Length];
        var right = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var of = predictions.Values.Row(rows[i]);
            var likeliest = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(of);
            (chance[i], right[i]) = (of[likeliest], answers.Truth[rows[i], 0] == likeliest);
        }
        return Calibration.Of(chance, right);
    }
}
