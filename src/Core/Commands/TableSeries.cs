using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Encoding;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Commands;

/// <summary>The series in a table whose test rows come later than its training rows: what names them, their step, and how far ahead is asked.</summary>
/// <param name="Names">The columns that name a series together; none: all rows are one series.</param>
/// <param name="Step">From one moment to the next.</param>
/// <param name="Length">Steps of the training part.</param>
/// <param name="Horizon">Steps from the last training row to the last test row.</param>
/// <param name="Season">Steps of a season that the training part holds more than once; null: none.</param>
/// <remarks>Where no columns tell the rows of a moment apart, all rows are one series of means, and each column of few levels has one more.</remarks>
public sealed record TableSeries(ImmutableArray<string> Names, TimeSpan Step, int Length, int Horizon, int? Season)
{
    const int MostCandidates = 8, MostNames = 3, MostLevels = 5_000;
    const double Alone = 0.95, Regular = 0.6;                  // of rows at their own moment; of moments a step after the one before

    static readonly TimeSpan month = TimeSpan.FromDays(365.2425 / 12);

    /// <param name="train">As read.</param>
    /// <param name="test">As read, later than train.</param>
    /// <param name="time">The column of moments, dates in both.</param>
    /// <param name="apart">Columns that name nothing: target, id, what is dropped.</param>
    /// <returns>Null where moments are not regular, too few, or no few columns tell the rows of one moment apart.</returns>
    public static TableSeries? Of(Table train, Table test, string time, IReadOnlyCollection<string> apart)
    {
        if (Moments(train, time) is not { } known || Moments(test, time) is not { } asked) return null;
        long[] moments = [.. known.Distinct().Order()];
        if (moments.Length < 12 || StepOf(moments) is not { } step) return null;
        var length = (int)Math.Round((moments[^1] - moments[0]) / (double)step.Ticks) + 1;
        var horizon = (int)Math.Ceiling((asked.Max() - moments[^1]) / (double)step.Ticks - 0.1);
        if (horizon < 1 || length < 3 * horizon) return null;
        var candidates = Candidate.Of(train, test, [time, .. apart]);
        var season = Seasons(step).Where(s => length >= 2 * s).Select(s => (int?)s).FirstOrDefault();
        if (NamesOf(candidates, known) is { } names)
            return new(names, step, length, horizon, season)
            {
                Wider = names.Length > 1 ? names : [],
                Alike = [.. candidates.Where(c => !names.Contains(c.Name) && c.MarksMoments(known)).Select(c => c.Name)],
            };
        return new([], step, length, horizon, season)
        {
            TellsApart = false,
            Wider = [.. candidates.Where(c => c.Series > 1 && (long)c.Series * length <= train.Rows).OrderBy(c => c.Series).Take(MostNames).Select(c => c.Name)],
        };
    }

    /// <summary>Whether the names tell the rows of a moment apart; if not, a series is one of means.</summary>
    public bool TellsApart { get; init; } = true;

    /// <summary>Columns that each have a history of their own, beside that of all names together.</summary>
    public ImmutableArray<string> Wider { get; init; } = [];

    /// <summary>Columns that mark a few moments for all series: holidays.</summary>
    public ImmutableArray<string> Alike { get; init; } = [];

    /// <summary>The last stretches of the training part, each as long as what is asked.</summary>
    public Folds Folds => Folds.Ahead(Horizon * Step, Math.Clamp((Length - (Season ?? 0)) / Horizon - 2, 1, 3));

    /// <summary>What each series did before, and where several columns name it, what all of each column's did.</summary>
    public ImmutableArray<IEncoder> Encoders => [.. Histories];

    /// <summary>The columns that <see cref="Encoders"/> make.</summary>
    public ImmutableArray<string> History => [.. Histories.SelectMany(history => history.Made())];

    /// <summary>What comes nearest to the answer without learning, the best first; the columns are the encoders'.</summary>
    public ImmutableArray<string> Usual =>
        [.. (Season is { } s ? (Alike.IsEmpty ? [] : new[] { $"alikegrown_{s}" }).Concat([$"grown_{s}", $"ago_{s}"]) : []).Concat([$"mean_{Windows[0]}", "last"]).Select(Named)];

    /// <summary>How much a series sells, whatever the season: what the rest may be counted in parts of.</summary>
    public ImmutableArray<string> Level => [Named($"mean_{Windows[^1]}"), Named("mean_all")];

    /// <summary>Columns of the series' own history that are in the unit of the answers, but for <see cref="Level"/>.</summary>
    public ImmutableArray<string> InUnit => [.. HistoryOf([.. Names]).InUnit().Except(Level)];

    /// <summary>The shortest season: a day of hours, a week of days, a year of weeks or months; null: none.</summary>
    public int? Turn => Seasons(Step).Where(s => Length >= 2 * s).Select(s => (int?)s).LastOrDefault();

    string Named(string what) => string.Join('_', [.. Names, what]);

    /// <summary>One sentence for the run's notes.</summary>
    public string Describe() => FormattableString.Invariant(
        $"A forecast: {(Names.IsEmpty ? "one series" : $"a series for each {string.Join(" and ", Names)}")}, a step of {(Step == month ? "a month" : Step.TotalDays >= 1 ? $"{Step.TotalDays:0.##} days" : $"{Step.TotalHours:0.##} hours")}, {Horizon} ahead; what a series did before its origin becomes features.");

    ImmutableArray<int> Windows => [.. (Period > 1 ? new[] { Period, 4 * Period, 13 * Period } : [4, 8, 26]).Where((w, i) => i == 0 || w <= Length / 2)];

    /// <summary>The shortest season: a day of hours, a week of days, a year of weeks or months.</summary>
    int Period => Seasons(Step).LastOrDefault(1) is var shortest && shortest > 26 ? 4 : shortest;

    IEnumerable<SeriesHistory> Histories => [HistoryOf([.. Names]), .. Wider.Select(name => HistoryOf([name]))];

    SeriesHistory HistoryOf(string[] names) => new()
    {
        Series = NameList.Of(names),
        Step = Step,
        Horizon = Horizon,
        Season = Season,
        Lags = [.. Seasons(Step).SelectMany(s => Enumerable.Range(0, 3).Select(k => s * (Math.Max(1, (Horizon + s - 1) / s) + k))).Concat(Season is { } year ? [year - 1, year, year + 1] : []).Distinct().Order().Where(lag => lag > 0 && lag < Length)],
        Windows = Windows,
        Alike = NameList.Of(Alike.AsSpan()),
    };

    /// <returns>(rows) ticks; null where a moment is missing.</returns>
    static long[]? Moments(Table table, string name)
    {
        var column = table[name] is TextValues texts && texts.ReadsAsDates() ? texts.As(ColumnKind.Date, table.Name) : table[name];
        return column is DateValues dates && dates.Ticks.Span.IndexOf(DateColumn.Missing) < 0 ? dates.Ticks.ToArray() : null;
    }

    static TimeSpan? StepOf(long[] moments)
    {
        long[] gaps = [.. moments.Zip(moments.Skip(1), (a, b) => b - a)];
        if (gaps.Count(g => g >= 28 * TimeSpan.TicksPerDay && g <= 31 * TimeSpan.TicksPerDay) >= Regular * gaps.Length) return month;
        var (gap, count) = gaps.CountBy(g => g).MaxBy(g => g.Value);
        return count >= Regular * gaps.Length ? TimeSpan.FromTicks(gap) : null;
    }

    /// <returns>Steps of the seasons that people live by, the longest first.</returns>
    static int[] Seasons(TimeSpan step) => step switch
    {
        { TotalMinutes: 30 } => [336, 48],
        { TotalHours: 1 } => [168, 24],
        { TotalDays: 1 } => [364, 7],
        { TotalDays: 7 } => [52],
        _ when step == month => [12],
        { TotalDays: >= 89 and <= 93 } => [4],
        _ => [],
    };

    /// <summary>The fewest columns that tell the rows of one moment apart; of as few those with the fewest series.</summary>
    static ImmutableArray<string>? NamesOf(Candidate[] candidates, long[] moments)
    {
        for (var size = 0; size <= Math.Min(MostNames, candidates.Length); size++)
        {
            var best = Sets(candidates.Length, size)
                .Select(set => (Set: set, Series: Series([.. set.Select(i => candidates[i].Codes)], moments)))
                .Where(s => s.Series > 0)
                .OrderBy(s => s.Series)
                .FirstOrDefault();
            if (best.Set is not null) return [.. best.Set.Order().Select(i => candidates[i].Name)];
        }
        return null;
    }

    static IEnumerable<int[]> Sets(int of, int size, int from = 0) =>
        size == 0 ? [[]] : Enumerable.Range(from, Math.Max(0, of - from)).SelectMany(first => Sets(of, size - 1, first + 1).Select(rest => (int[])[first, .. rest]));

    /// <returns>How many series the columns name; 0 where they leave too many rows at one moment.</returns>
    static int Series(int[][] codes, long[] moments)
    {
        var series = new HashSet<long>();
        var rows = new HashSet<(long, long)>(moments.Length);
        for (var row = 0; row < moments.Length; row++)
        {
            var key = 0L;
            foreach (var column in codes) key = key * MostLevels + column[row];
            series.Add(key);
            rows.Add((key, moments[row]));
        }
        return rows.Count >= Alone * moments.Length ? series.Count : 0;
    }

    /// <summary>A column of few whole values: it may name series, or mark moments.</summary>
    /// <param name="Name">The column's.</param>
    /// <param name="Codes">(rows) which of its values.</param>
    /// <param name="Series">How many values.</param>
    sealed record Candidate(string Name, int[] Codes, int Series)
    {
        const int FewMarks = 6;
        const double Same = 0.99, Ordinary = 0.7;              // of rows that are as the others of their moment; of moments that bear the usual mark

        public static Candidate[] Of(Table train, Table test, IReadOnlyCollection<string> apart) =>
        [
            .. train.Columns
                .Where(c => !apart.Contains(c.Name) && test.Has(c.Name) && c is CategoryValues or NumberValues { Values: ValueKind.Integer or ValueKind.Boolean })
                .Select(c => (c.Name, Codes: CodesOf(c)))
                .Select(c => new Candidate(c.Name, c.Codes, c.Codes.DefaultIfEmpty(-1).Max() + 1))
                .Where(c => c.Series is > 1 and <= MostLevels)
                .OrderByDescending(c => c.Series)
                .Take(MostCandidates),
        ];

        /// <summary>Whether it says of a moment that it is unusual, and the same to all series.</summary>
        public bool MarksMoments(long[] moments)
        {
            if (Series > FewMarks) return false;
            var first = new Dictionary<long, int>();
            var same = 0;
            for (var row = 0; row < moments.Length; row++)
            {
                first.TryAdd(moments[row], Codes[row]);
                if (first[moments[row]] == Codes[row]) same++;
            }
            var most = first.Values.CountBy(code => code).Max(c => c.Value);
            return same >= Same * moments.Length && most >= Ordinary * first.Count && most < first.Count;
        }

        static int[] CodesOf(TableColumn column)
        {
            var codes = new Dictionary<string, int>();
            return [.. Enumerable.Range(0, column.Rows).Select(row => column.TextAt(row) ?? "").Select(text => codes.TryAdd(text, codes.Count) ? codes.Count - 1 : codes[text])];
        }
    }
}
