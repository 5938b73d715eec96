using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>A single column that predicts the target suspiciously well.</summary>
static class LoneFeature
{
    const double Suspicious = 0.9, Certain = 0.99;

    public static IEnumerable<Warning> Find(Dataset train)
    {
        foreach (var column in train.Columns)
        {
            if (ColumnBuckets.Of(train[column.Name]) is not { } buckets) continue;
            for (var target = 0; target < train.Answers.Truth.Columns; target++)
            {
                if (Telling.Evidence(train.Answers, target) < 40) continue;     // a handful is told by chance
                var told = Telling.Of(buckets, train.Answers, target);
                if (told.Share < Suspicious) continue;
                var of = train.Answers.Truth.Columns > 1 ? $" '{train.Answers.Target.Columns[target]}'" : "";
                yield return new(told.Share >= Certain ? "danger" : "warning", "lone-feature",
                    $"'{column.Name}' alone tells the target{of} ({told.Figure}): is it known when the prediction is made, or made from the answer?");
                break;
            }
        }
    }
}
