using Kaggle.Core.Data.Texts;

namespace Kaggle.Core.Data;

/// <summary>What each column looks like: train against test, and against the target.</summary>
public static class TableProfile
{
    const int Bins = 24, MostLevels = 12, ExampleCount = 3, ExampleLetters = 80;

    /// <param name="train">With answers, the columns are also set against the (first) target; without, not.</param>
    /// <param name="test">The same columns; null: train alone.</param>
    /// <returns>One a column, in their order.</returns>
    public static IReadOnlyList<ColumnProfile> Of(Dataset train, Dataset? test)
    {
        var answers = train.Target;
        var profiles = new ColumnProfile[train.Columns.Length];
        Parallel.For(0, profiles.Length, i =>
        {
            var name = train.Columns[i].Name;
            profiles[i] = Of(train[name], test is not null && test.Has(name) ? test[name] : null, answers);
        });
        return profiles;
    }

    static ColumnProfile Of(Column train, Column? test, TargetValues? answers)
    {
        var profile = new ColumnProfile
        {
            Name = train.Name,
            Kind = train.Kind,
            Missing = MissingShare(train),
            TestMissing = test is null ? null : MissingShare(test),
            Relation = answers is null ? null : ColumnRelation.Of(train, answers),
        };
        // the mean of class codes says nothing
        var target = answers is null || answers.Task == TaskKind.Multiclass ? null : answers.Truth.Column(0).ToArray();
        return train switch
        {
            NumberColumn numbers => OfNumbers(profile, Doubles(numbers), test is NumberColumn t ? Doubles(t) : null, target),
            DateColumn dates => OfNumbers(profile, Doubles(dates), test is DateColumn t ? Doubles(t) : null, target),
            CategoryColumn category => OfCategory(profile, category, test as CategoryColumn, target),
            TextColumn texts => OfTexts(profile, texts.Texts.Span) with { Text = TextFacts.Of(texts.Texts.Span, test is TextColumn t ? t.Texts.Span : [], test is not null) },
            ImageColumn images => OfTexts(profile, images.Sources.Span),
            _ => profile,
        };
    }

    static ColumnProfile OfNumbers(ColumnProfile profile, double[] train, double[]? test, float[]? target)
    {
        var known = Array.FindAll(train, double.IsFinite);
        if (known.Length == 0) return profile;
        Array.Sort(known);
        var mean = known.Average();
        var distinct = 1;
        for (var i = 1; i < known.Length; i++) distinct += known[i] != known[i - 1] ? 1 : 0;
        return profile with
        {
            Distinct = distinct,
            Spread = new(mean, Math.Sqrt(known.Average(v => (v - mean) * (v - mean))), known[0], Quantile(known, 0.5), known[^1]),
            Histogram = HistogramOf(known, train, test, target),
        };
    }

    static Histogram HistogramOf(double[] sorted, double[] train, double[]? test, float[]? target)
    {
        double[] both = test is null ? sorted : [.. sorted, .. test.Where(double.IsFinite)];
        Array.Sort(both);
        var edges = Edges(both);
        var (shares, means) = Shares(edges, train, target);
        return new(edges, shares, test is null ? null : Shares(edges, test, null).Shares, means);
    }

    /// <summary>A bin for each integer where these are few, else equally wide ones from the 0.5th to the 99.5th percentile; the end bins hold what lies beyond.</summary>
    static double[] Edges(double[] sorted)
    {
        var (least, greatest) = (sorted[0], sorted[^1]);
        if (greatest - least < Bins && Array.TrueForAll(sorted, v => v == Math.Floor(v)))
            return [.. Enumerable.Range(0, (int)(greatest - least) + 2).Select(i => least + i - 0.5)];
        var (from, to) = (Quantile(sorted, 0.005), Quantile(sorted, 0.995));
        if (from == to) (from, to) = least < greatest ? (least, greatest) : (least - 0.5, greatest + 0.5);
        return [.. Enumerable.Range(0, Bins + 1).Select(i => from + (to - from) * i / Bins)];
    }

    static (double[] Shares, double?[]? Means) Shares(double[] edges, double[] values, float[]? target)
    {
        var bins = edges.Length - 1;
        var (counts, sums) = (new int[bins], new double[bins]);
        var width = (edges[^1] - edges[0]) / bins;
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row])) continue;
            var bin = (int)Math.Clamp((values[row] - edges[0]) / width, 0, bins - 1);
            counts[bin]++;
            if (target is not null) sums[bin] += target[row];
        }
        return (Array.ConvertAll(counts, c => (double)c / values.Length),
            target is null ? null : [.. counts.Zip(sums, (count, sum) => count == 0 ? (double?)null : sum / count)]);
    }

    static ColumnProfile OfCategory(ColumnProfile profile, CategoryColumn train, CategoryColumn? test, float[]? target)
    {
        var levels = train.Levels.Length;
        var counts = Counts(train);
        var inTest = test is null ? null : Counts(test);
        var sums = new double[levels];
        var codes = train.Codes.Span;
        if (target is not null)
            for (var row = 0; row < codes.Length; row++)
                if (codes[row] >= 0) sums[codes[row]] += target[row];
        int[] common = [.. Enumerable.Range(0, levels).Where(l => counts[l] > 0 || inTest?[l] > 0).OrderByDescending(l => counts[l]).ThenByDescending(l => inTest?[l] ?? 0)];
        return profile with
        {
            Distinct = counts.Count(c => c > 0),
            Levels = [.. common.Take(MostLevels).Select(l => new LevelProfile(train.Levels[l], (double)counts[l] / train.Rows,
                inTest is null ? null : (double)inTest[l] / test!.Rows, target is null || counts[l] == 0 ? null : sums[l] / counts[l]))],
            OtherLevels = Math.Max(0, common.Length - MostLevels),
            UnseenInTest = inTest is null ? null : inTest.Where((_, l) => counts[l] == 0).Sum() / (double)test!.Rows,
        };
    }

    static ColumnProfile OfTexts(ColumnProfile profile, ReadOnlySpan<string?> texts)
    {
        var distinct = new HashSet<string>();
        var examples = new List<string>();
        foreach (var text in texts)
            if (text is not null && distinct.Add(text) && examples.Count < ExampleCount)
                examples.Add(text.Length <= ExampleLetters ? text : text[..(ExampleLetters - 1)] + "…");
        return profile with { Distinct = distinct.Count, Examples = examples };
    }

    static int[] Counts(CategoryColumn column)
    {
        var counts = new int[column.Levels.Length];
        foreach (var code in column.Codes.Span)
            if (code >= 0) counts[code]++;
        return counts;
    }

    static double MissingShare(Column column)
    {
        var missing = 0;
        for (var row = 0; row < column.Rows; row++)
            if (column.IsMissing(row)) missing++;
        return column.Rows == 0 ? 0 : (double)missing / column.Rows;
    }

    static double[] Doubles(NumberColumn column) => Array.ConvertAll(column.Values.ToArray(), v => (double)v);

    static double[] Doubles(DateColumn column) => Array.ConvertAll(column.Ticks.ToArray(), t => t == DateColumn.Missing ? double.NaN : t);

    static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below) : sorted[below];
    }
}
