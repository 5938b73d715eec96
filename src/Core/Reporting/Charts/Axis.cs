using System.Globalization;

namespace Kaggle.Core.Reporting.Charts;

/// <summary>One side of a plot: where a value stands between its ends, and what is written beside it.</summary>
/// <param name="Label">What the numbers are; empty when the caption says it.</param>
/// <param name="Ticks">From the first to the last.</param>
/// <param name="Place">From a value to 0 … 1; values beyond the ends land outside.</param>
sealed record Axis(string Label, IReadOnlyList<Tick> Ticks, Func<double, double> Place)
{
    static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <param name="about">How many ticks would be good.</param>
    public static Axis Linear(string label, double from, double to, int about = 5)
    {
        if (!double.IsFinite(to - from)) (from, to) = (0, 1);
        if (to - from <= Math.Abs(from) * 1e-12) (from, to) = (from - Around(from), to + Around(from));
        var raw = (to - from) / about;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = magnitude * Steps.First(s => s * magnitude >= raw * 0.999);
        List<Tick> ticks = [];
        for (var i = Math.Ceiling(from / step - 1e-9); i * step <= to + step * 1e-9; i++) ticks.Add(new(i * step, Text(i * step, step)));
        return new(label, ticks, x => (x - from) / (to - from));
    }

    /// <summary>Both ends above 0.</summary>
    public static Axis Logarithmic(string label, double from, double to)
    {
        var decades = Math.Log10(to / from);
        double[] digits = decades > 3 ? [1] : decades > 1.3 ? [1, 3] : [1, 2, 3, 5, 7];
        List<Tick> ticks = [];
        for (var power = Math.Pow(10, Math.Floor(Math.Log10(from))); power <= to; power *= 10)
            ticks.AddRange(digits.Select(d => d * power).Where(x => x >= from * 0.999 && x <= to * 1.001).Select(x => new Tick(x, Text(x, power))));
        return new(label, ticks, x => Math.Log(Math.Max(x, from / 1e6) / from) / Math.Log(to / from));
    }

    /// <summary>Few values, each with its own tick.</summary>
    /// <param name="at">Ascending, two at least.</param>
    public static Axis Values(string label, IReadOnlyList<double> at)
    {
        var closest = Enumerable.Range(1, at.Count - 1).Min(i => at[i] - at[i - 1]);
        var step = Math.Pow(10, Math.Floor(Math.Log10(closest) + 1e-9));
        return new(label, [.. at.Select(x => new Tick(x, Text(x, step)))], x => (x - at[0]) / (at[^1] - at[0]));
    }

    /// <summary>Ends and values in ticks of <see cref="DateTime"/>.</summary>
    public static Axis Dates(string label, double from, double to)
    {
        var format = to - from > TimeSpan.TicksPerDay * 900.0 ? "yyyy" : to - from > TimeSpan.TicksPerDay * 2.0 ? "yyyy-MM-dd" : "MM-dd HH:mm";
        return new(label,
            [.. Enumerable.Range(0, 4).Select(i => from + (to - from) * i / 3).Select(t => new Tick(t, new DateTime((long)t).ToString(format, CultureInfo.InvariantCulture)))],
            x => (x - from) / (to - from));
    }

    /// <summary>Names from the top down: the value of the i-th is i.</summary>
    public static Axis Names(IReadOnlyList<string> names) =>
        new("", [.. names.Select((name, i) => new Tick(i, name))], x => 1 - (x + 0.5) / names.Count);

    /// <summary>Nothing written.</summary>
    public static Axis Bare(double from, double to) => new("", [], x => to > from ? (x - from) / (to - from) : 0.5);

    /// <summary>What stands on either side of a value that never changes: a small rate must not lie on the line of 0.</summary>
    static double Around(double value) => value == 0 ? 0.5 : Math.Abs(value) < 1 ? Math.Abs(value) / 2 : Math.Max(0.5, Math.Abs(value) / 100);

    static string Text(double value, double step)
    {
        var (divisor, unit) = Math.Max(Math.Abs(value), step) switch { >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e4 => (1e3, "k"), _ => (1.0, "") };
        if (value == 0) return "0";
        if (Math.Abs(value) < 1e-4) return value.ToString("0.#e0", CultureInfo.InvariantCulture).Replace('-', '−');
        var decimals = (int)Math.Clamp(Math.Ceiling(-Math.Log10(step / divisor) - 1e-9) + (Math.Abs(step / divisor / Math.Pow(10, Math.Floor(Math.Log10(step / divisor))) - 2.5) < 1e-6 ? 1 : 0), 0, 6);
        return ((value / divisor).ToString("F" + decimals, CultureInfo.InvariantCulture) + unit).Replace('-', '−');
    }
}

readonly record struct Tick(double At, string Text);
