using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>A column says which fold judges each row: one fold a value, in the order of the values.</summary>
/// <remarks>As in scikit-learn, −1 (and missing) means: always learned from.</remarks>
public sealed record PredefinedFolds : Folds
{
    public required string Column { get; init; }

    public override IReadOnlyList<Fold> Split(Dataset train)
    {
        var values = train[Column] switch
        {
            NumberColumn numbers => Array.ConvertAll(numbers.Values.ToArray(), x => float.IsNaN(x) ? -1 : (double)x),
            CategoryColumn codes => Array.ConvertAll(codes.Codes.ToArray(), code => code < 0 || codes.Levels[code] == "-1" ? -1.0 : code),
            var other => throw new InputException($"Column '{Column}' holds {other.Kind.ToString().ToLowerInvariant()}s; folds need numbers or categories."),
        };
        var folds = values.Where(v => v != -1).Distinct().Order().Select((value, i) => (value, i)).ToDictionary(x => x.value, x => x.i);
        if (folds.Count == 0) throw new InputException($"Column '{Column}' names no fold: every value is missing or −1.");
        if (folds.Count > train.Rows / 2.0 && folds.Count > 100)
            throw new InputException($"Column '{Column}' has {folds.Count} different values in {train.Rows} rows: it does not look like folds.");
        var foldOf = Array.ConvertAll(values, v => v == -1 ? Partition.AlwaysTrain : folds[v]);
        if (folds.Count == 1 && !foldOf.Contains(Partition.AlwaysTrain))
            throw new InputException($"Column '{Column}' puts every row into one fold, and none is left to learn from.");
        return Partition.Folds(foldOf, folds.Count);
    }

    public override string Describe() => $"folds from column '{Column}'";
}
