using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;

namespace Kaggle.Core.Reporting;

/// <summary>Which pictures look alike to the model.</summary>
sealed record PictureMapSection(string About, IReadOnlyList<ChartFigure> Plots) : Section("pictures", "What looks alike")
{
    const int MostClasses = 12;                             // the style sheet's colours of maps
    const int Thirds = 3;

    // Colours alone do not tell twelve classes apart for everyone: those most alike have different shapes.
    static readonly string[] shapes = ["dots", "squares", "rings"];

    public static Section? Of(FinishedRun run)
    {
        if (run.Analysis is not { Map: { } map, PicturesSeenBy: { } learner } analysis) return null;
        var plot = new Plot("Map of the pictures", Side(map, p => p.X), Side(map, p => p.Y), width: 640, height: 480);
        List<Legend> legend = [];
        foreach (var (place, (name, points)) in Groups(map, analysis.Targets[0]).Index())
        {
            var shape = shapes[place % shapes.Length];
            var style = place < MostClasses ? $"{shape} k{place + 1}" : "specks vx";
            (double, double)[] at = [.. points.Select(p => (p.X, p.Y))];
            plot.Dots(style, at, name);
            if (shape == "rings" && place < MostClasses) plot.Dots("holes", at, name);
            legend.Add(new(style, name));
        }
        return new PictureMapSection(
            (map.OfAllFolds ? $"Pictures by the frozen features of {learner}" : $"Pictures of the first fold by what the model of {learner}, which has not seen them, makes of them")
                + $": their first two principal components, {Wording.Percent(map.Shares.Sum())} of the variance. "
                + "Classes that stand apart are easily told; a picture among another class may have a wrong label.",
            [new("Map of the pictures", Wording.Count(map.Points.Count) + " pictures", plot, legend)]);
    }

    // Marks at the edge would stand half outside.
    static Axis Side(PictureMap map, Func<PlacedPicture, double> of)
    {
        var (low, high) = (map.Points.Min(of), map.Points.Max(of));
        return Axis.Bare(low - (high - low) * 0.04, high + (high - low) * 0.04);
    }

    /// <returns>The largest classes and then the rest; of numbers, thirds.</returns>
    static IEnumerable<(string Name, IEnumerable<PlacedPicture> Points)> Groups(PictureMap map, TargetProfile target)
    {
        if (target.Classes is { Count: > 0 } classes)
        {
            var groups = map.Points.GroupBy(p => (int)p.Truth).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).ToList();
            foreach (var group in groups.Take(MostClasses)) yield return (classes[group.Key].Name, group);
            if (groups.Count > MostClasses) yield return ($"{groups.Count - MostClasses} other classes", groups.Skip(MostClasses).SelectMany(g => g));
            yield break;
        }
        var sorted = map.Points.OrderBy(p => p.Truth).ToArray();
        foreach (var (i, name) in new[] { "lowest third", "middle third", "highest third" }.Index())
            yield return (name, sorted[(i * sorted.Length / Thirds)..((i + 1) * sorted.Length / Thirds)]);
    }
}
