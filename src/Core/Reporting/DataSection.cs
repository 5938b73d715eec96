using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting.Charts;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>The target, and each column of the table: train against test, and against the target.</summary>
sealed record DataSection(
    IReadOnlyList<string> Files, IReadOnlyList<TargetView> Targets, IReadOnlyList<ColumnView> Columns, IReadOnlyList<ColumnView> More, bool HasTest)
    : Section("data", "The data")
{
    const int Most = 40;

    public static Section? Of(FinishedRun run)
    {
        var (train, test) = (run.Document.Data.Train, run.Document.Data.Test);
        List<string> files = [File("Train", train)];
        if (test is not null) files.Add(File("Test", test));
        var columns = (run.Analysis?.Columns ?? []).Select(c => ColumnView.Of(c)).ToArray();
        return new DataSection(files, [.. (run.Analysis?.Targets ?? []).SelectMany(TargetView.Of)],
            columns[..Math.Min(Most, columns.Length)], columns[Math.Min(Most, columns.Length)..], test is not null);
    }

    static string File(string name, FileNote file) => $"{name}: {file.File}, {Wording.Count(file.Rows)} rows, sha256 {(file.Sha256.Length > 12 ? file.Sha256[..12] + "…" : file.Sha256)}";
}

/// <summary>How a target is distributed: a figure for numbers, bars for classes.</summary>
sealed record TargetView(string Column, string? Spread, ChartFigure? Figure, IReadOnlyList<LevelBar> Classes)
{
    const int MostClasses = 20;

    public static IEnumerable<TargetView> Of(TargetProfile profile)
    {
        if (profile.Classes.Count > 0)
        {
            var most = profile.Classes.Max(c => c.Train);
            yield return new(profile.Column, profile.Classes.Count > MostClasses ? $"{profile.Classes.Count} classes, the commonest {MostClasses} shown" : null, null,
                [.. profile.Classes.OrderByDescending(c => c.Train).Take(MostClasses).Select(c => LevelBar.Of(c, most))]);
        }
        if (profile.Histogram is { } own)
            yield return new(profile.Column, profile.Spread is { } s ? $"mean {Wording.Value(s.Mean)}, sd {Wording.Value(s.Sd)}, {Wording.Value(s.Minimum)} to {Wording.Value(s.Maximum)}, median {Wording.Value(s.Median)}" : null,
                Drawn(profile.Column, "on the table's own scale", own), []);
        if (profile.Learned is { } learned) yield return new(profile.Column, null, Drawn(profile.Column, "on the scale that is learned", learned), []);
    }

    static ChartFigure Drawn(string column, string note, Histogram histogram) => new(column, note,
        new Plot($"Distribution of {column}", Axis.Linear("", histogram.Edges[0], histogram.Edges[^1], 4), Axis.Linear("share of rows, %", 0, histogram.Train.Max() * 105, 4), height: 220)
            .Bars("fill c1", histogram.Edges, [.. histogram.Train.Select(s => s * 100)]), []);
}

/// <summary>One column of the table.</summary>
sealed record ColumnView(
    string Name, string Kind, string Distinct, string Missing, string? TestMissing, bool MuchMissing, string? Range, string? Unseen,
    string? Relation, string RelationWidth, Plot? Spark, Plot? Against, string? AgainstRange, IReadOnlyList<LevelBar> Levels, string? OtherLevels, IReadOnlyList<string> Examples)
{
    const int MostLevels = 6;

    public static ColumnView Of(ColumnProfile profile)
    {
        var dates = profile.Kind == ColumnKind.Date;
        string Spoken(double value) => dates ? Wording.Date(value) : Wording.Value(value);
        var most = profile.Levels.Select(l => Math.Max(l.Train, l.Test ?? 0)).DefaultIfEmpty(0).Max();
        var other = profile.OtherLevels + Math.Max(0, profile.Levels.Count - MostLevels);
        return new(profile.Name, profile.Kind.ToString().ToLowerInvariant(), Wording.Count(profile.Distinct),
            Wording.Percent(profile.Missing), profile.TestMissing is { } test ? Wording.Percent(test) : null, Math.Max(profile.Missing, profile.TestMissing ?? 0) >= 0.05,
            profile.Spread is { } s ? $"{Spoken(s.Minimum)} to {Spoken(s.Maximum)}, median {Spoken(s.Median)}" : profile.Text is { } text ? Wording.Texts(text) : null,
            profile.UnseenInTest is > 0 and var unseen ? $"{Wording.Percent(unseen)} of the test rows have a level that train lacks" : null,
            profile.Relation is { } relation ? $"{relation.Measure} {Wording.Score(relation.Value)}" : null, Wording.Width(profile.Relation?.Strength ?? 0),
            profile.Histogram is { } h ? Distribution(profile.Name, h) : null,
            profile.Histogram is { Target: { } } t ? TargetBy(profile.Name, t) : null,
            profile.Histogram?.Target is { } means && means.Any(m => m is not null) ? $"{Wording.Value(means.Min())} to {Wording.Value(means.Max())}" : null,
            [.. profile.Levels.Take(MostLevels).Select(l => LevelBar.Of(l, most))], other > 0 ? $"{Wording.Count(other)} more levels" : null, profile.Examples);
    }

    static Plot Distribution(string name, Histogram histogram)
    {
        var most = histogram.Train.Concat(histogram.Test ?? []).DefaultIfEmpty(0).Max();
        var plot = new Plot($"Distribution of {name}", Axis.Bare(histogram.Edges[0], histogram.Edges[^1]), Axis.Bare(0, most * 1.04), 190, 56)
            .Bars("fill c1", histogram.Edges, histogram.Train);
        return histogram.Test is { } test ? plot.Stairs("line c2", histogram.Edges, test) : plot;
    }

    static Plot? TargetBy(string name, Histogram histogram)
    {
        var points = histogram.Target!.Select((mean, i) => (X: (histogram.Edges[i] + histogram.Edges[i + 1]) / 2, Y: mean)).Where(p => p.Y is not null).Select(p => (p.X, Y: p.Y!.Value)).ToArray();
        if (points.Length < 2) return null;
        var (low, high) = (points.Min(p => p.Y), points.Max(p => p.Y));
        var room = Math.Max((high - low) * 0.12, 1e-9);
        return new Plot($"Mean target by {name}", Axis.Bare(histogram.Edges[0], histogram.Edges[^1]), Axis.Bare(low - room, high + room), 190, 56)
            .Line("thin c3", points).Dots("small c3", points);
    }
}

/// <param name="Width">Of the training share, against the commonest level's.</param>
/// <param name="TestAt">Where the test share's mark stands; null without a test table.</param>
sealed record LevelBar(string Name, string Share, string Width, string? TestAt, string? Target)
{
    public static LevelBar Of(LevelProfile level, double most) => new(level.Name, Wording.Percent(level.Train), Wording.Width(most > 0 ? level.Train / most : 0),
        level.Test is { } test ? Wording.Width(most > 0 ? test / most : 0) : null, level.Target is { } mean ? Wording.Value(mean) : null);
}
