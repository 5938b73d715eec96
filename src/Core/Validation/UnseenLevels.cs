using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Levels that occur in test rows and never in training rows: no model can have learned them.</summary>
static class UnseenLevels
{
    const int Named = 5;

    public static IEnumerable<Warning> Find(Dataset train, Dataset test)
    {
        var found = new List<(string Column, int Levels, int Rows)>();
        foreach (var column in train.Columns.OfType<CategoryColumn>())
        {
            if (!test.Has(column.Name) || test[column.Name] is not CategoryColumn inTest) continue;
            var inTrain = (CategoryColumn)train[column.Name];
            var seen = inTrain.Codes.ToArray().Where(code => code >= 0).Distinct().Select(code => inTrain.Levels[code]).ToHashSet();
            var unseen = inTest.Codes.ToArray().Where(code => code >= 0).CountBy(code => code).Where(count => !seen.Contains(inTest.Levels[count.Key])).ToArray();
            if (unseen.Length > 0) found.Add((column.Name, unseen.Length, unseen.Sum(count => count.Value)));
        }
        if (found.Count == 0) yield break;
        var most = found.OrderByDescending(f => f.Rows).Take(Named).Select(f => FormattableString.Invariant(
            $"'{f.Column}' {f.Levels} ({100.0 * f.Rows / test.Rows:0.##} % of test rows)"));
        yield return new(found.Any(f => f.Rows > 0.1 * test.Rows) ? "warning" : "note", "unseen-levels",
            $"{found.Count} {(found.Count == 1 ? "category has" : "categories have")} levels that occur only in test: {string.Join(", ", most)}{(found.Count > Named ? ", …" : "")}. They are treated as unknown; put rare levels together if there are many.");
    }
}
