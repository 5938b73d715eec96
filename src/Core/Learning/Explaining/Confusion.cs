using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>Which class was taken for which.</summary>
/// <param name="Labels">The classes; the last is "other" when there were too many.</param>
/// <param name="Counts">(truth, decided) rows.</param>
public sealed record Confusion(IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    const int MostLabels = 16;

    /// <param name="labels">(all rows, 1) class codes decided on.</param>
    /// <param name="rows">The rows to count.</param>
    public static Confusion Of(TargetValues answers, Matrix labels, int[] rows)
    {
        var classes = answers.Classes.Length;
        var shown = Enumerable.Range(0, classes).ToArray();
        if (classes > MostLabels)
        {
            var common = rows.GroupBy(i => (int)answers.Truth[i, 0]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(MostLabels - 1);
            shown = [.. common.Select(g => g.Key).Order()];
        }
        var place = Enumerable.Repeat(shown.Length, classes).ToArray();
        for (var i = 0; i < shown.Length; i++) place[shown[i]] = i;
        List<string> names = [.. shown.Select(k => answers.Classes[k])];
        if (shown.Length < classes) names.Add($"{classes - shown.Length} others");
        var counts = names.Select(_ => new int[names.Count]).ToArray();
        foreach (var row in rows) counts[place[(int)answers.Truth[row, 0]]][place[(int)labels[row, 0]]]++;
        return new(names, counts);
    }
}
