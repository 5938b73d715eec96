using System.Globalization;
using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>An answer, or a prediction of one, as a person says it.</summary>
static class AnswerWords
{
    /// <returns>As it stands in the table: a class, a number, the labels that hold.</returns>
    public static string OfTruth(TargetValues answers, int row) => answers.Task switch
    {
        TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal => answers.Classes[(int)answers.Truth[row, 0]],
        TaskKind.Multilabel => Labels(answers, answers.Truth.Row(row)),
        _ => Joined(answers.Truth.Row(row).ToArray().Select(Text)),
    };

    /// <returns>The likeliest class, or the labels above a half, with their chances; or numbers.</returns>
    public static string OfPrediction(TargetValues answers, Predictions predictions, int row)
    {
        var said = predictions.Values.Row(row);
        if (predictions.Kind == OutputKind.Scores) return Joined(said.ToArray().Select(Text));
        switch (answers.Task)
        {
            case TaskKind.Binary:
                var second = said[0] >= 0.5f;
                return $"{answers.Classes[second ? 1 : 0]} ({Chance(second ? said[0] : 1 - said[0])})";
            case TaskKind.Multiclass:
                var likeliest = TensorPrimitives.IndexOfMax(said);
                return $"{answers.Classes[likeliest]} ({Chance(said[likeliest])})";
            case TaskKind.Multilabel:
                var chances = said.ToArray();
                return Joined(answers.Target.Columns.Select((name, k) => (name, chance: chances[k])).Where(l => l.chance >= 0.5f).Select(l => $"{l.name} ({Chance(l.chance)})"));
            default:
                return Joined(said.ToArray().Select(Text));
        }
    }

    /// <param name="decided">(1) a class code, or (labels) 0 and 1.</param>
    public static string OfDecision(TargetValues answers, ReadOnlySpan<float> decided) =>
        answers.Task == TaskKind.Multilabel ? Labels(answers, decided) : answers.Classes[(int)decided[0]];

    static string Labels(TargetValues answers, ReadOnlySpan<float> of)
    {
        var holds = of.ToArray();
        return Joined(answers.Target.Columns.Where((_, k) => holds[k] == 1));
    }

    static string Joined(IEnumerable<string> texts) => string.Join(", ", texts) is { Length: > 0 } joined ? joined : "none";

    static string Chance(float chance) => chance.ToString("0.000", CultureInfo.InvariantCulture);

    static string Text(float number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
