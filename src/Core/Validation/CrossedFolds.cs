using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Groups or time that stand on both sides of a fold, and classes that a fold lacks.</summary>
static class CrossedFolds
{
    const double Later = 0.05;  // so many of the test rows may come after all training rows and the two still be of one time

    public static IEnumerable<Warning> Find(Dataset train, Dataset? test, IReadOnlyList<Fold> folds)
    {
        if (train.Groups is { } groups && Groups(groups.ToArray(), folds) is { } crossing) yield return crossing;
        if (train.Time is { } time && !Among(test?.Time, time) && Time(time.ToArray(), folds) is { } ahead) yield return ahead;
        if (train.Answers.Task is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Ordinal && Classes(train.Answers, folds) is { } lacking) yield return lacking;
    }

    static bool Among(ReadOnlyMemory<long>? test, ReadOnlyMemory<long> train)
    {
        if (test is not { Length: > 0 } asked) return false;
        var last = train.ToArray().Max();
        return asked.ToArray().Count(time => time > last) <= Later * asked.Length;
    }

    static Warning? Groups(int[] groups, IReadOnlyList<Fold> folds)
    {
        var crossing = new HashSet<int>();
        foreach (var fold in folds)
        {
            var learned = fold.Train.Select(row => groups[row]).ToHashSet();
            crossing.UnionWith(fold.Validation.Select(row => groups[row]).Where(learned.Contains));
        }
        return crossing.Count == 0 ? null : new("danger", "groups-cross-folds",
            $"{crossing.Count} of {groups.Distinct().Count()} groups stand on both sides of a fold: a model may know a row by its relatives, and the score flatters. Take Folds.Grouped or Folds.StratifiedGrouped.");
    }

    static Warning? Time(long[] time, IReadOnlyList<Fold> folds)
    {
        var ahead = folds.Count(fold => fold.Train.Length > 0 && fold.Validation.Length > 0 && fold.Train.Max(row => time[row]) >= fold.Validation.Min(row => time[row]));
        return ahead == 0 ? null : new("warning", "folds-look-ahead",
            $"{ahead} of {folds.Count} folds learn from rows that are not earlier than those they judge. If the test rows come later than the training rows, take Folds.TimeSeries.");
    }

    static Warning? Classes(TargetValues answers, IReadOnlyList<Fold> folds)
    {
        var truth = Array.ConvertAll(answers.Truth.Column(0).ToArray(), code => (int)code);
        var present = truth.Distinct().Order().ToArray();
        var lacking = new SortedDictionary<int, (int Learned, int Judged)>();
        foreach (var fold in folds)
        {
            var learned = fold.Train.Select(row => truth[row]).ToHashSet();
            var judged = fold.Validation.Select(row => truth[row]).ToHashSet();
            foreach (var code in present)
            {
                if (learned.Contains(code) && judged.Contains(code)) continue;
                var (l, j) = lacking.GetValueOrDefault(code);
                lacking[code] = (l + (learned.Contains(code) ? 0 : 1), j + (judged.Contains(code) ? 0 : 1));
            }
        }
        if (lacking.Count == 0) return null;
        var named = lacking.Take(5).Select(lack =>
            $"'{(lack.Key < answers.Classes.Length ? answers.Classes[lack.Key] : lack.Key)}' ({truth.Count(code => code == lack.Key)} rows; {lack.Value.Learned} folds cannot learn it, {lack.Value.Judged} do not judge it)");
        return new(lacking.Values.Any(lack => lack.Learned > 0) ? "warning" : "note", "fold-lacks-class",
            $"Some folds lack {(lacking.Count == 1 ? "a class" : $"{lacking.Count} classes")}: {string.Join(", ", named)}. Take Folds.Stratified, fewer folds, or put rare classes together.");
    }
}
