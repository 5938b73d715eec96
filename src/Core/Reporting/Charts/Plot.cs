using System.Globalization;
using System.Text;

namespace Kaggle.Core.Reporting.Charts;

/// <summary>A chart as geometry: marks in the page's units, which Templates/plot.liquid writes as SVG and the style sheet colours.</summary>
/// <remarks>
/// A mark is one SVG path however many points it has: a thousand dots are ten kilobytes.
/// Styles are class names of the style sheet: "line c1", "dots c2", "fill c3".
/// </remarks>
sealed class Plot
{
    const double LetterWidth = 6.1;                              // of the style sheet's 11 px
    const int LongestName = 20;

    readonly List<Mark> marks = [];
    readonly List<PlacedWord> words = [];
    readonly Axis x, y;

    /// <param name="title">Read out by screen readers.</param>
    public Plot(string title, Axis x, Axis y, double width = 420, double height = 280)
    {
        (Title, this.x, this.y, Width, Height) = (title, x, y, width, height);
        var bare = x.Ticks.Count == 0 && y.Ticks.Count == 0;
        Left = bare ? 1 : 10 + LetterWidth * y.Ticks.Select(t => Short(t.Text).Length).DefaultIfEmpty(0).Max();
        Right = width - (bare ? 1 : 14);
        Top = bare ? 1 : y.Label.Length > 0 ? 26 : 10;
        Bottom = height - (bare ? 1 : x.Label.Length > 0 ? 40 : 24);
    }

    public string Title { get; }

    public double Width { get; }

    public double Height { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public string ViewBox => $"0 0 {F(Width)} {F(Height)}";

    /// <summary>Where marks may be: the frame and a dot's width around it.</summary>
    public string Clip => $"{F(Left - 5)} {F(Top - 5)} {F(Right - Left + 10)} {F(Bottom - Top + 10)}";

    public string ClipX => F(Left - 5);

    public string ClipY => F(Top - 5);

    public string ClipWidth => F(Right - Left + 10);

    public string ClipHeight => F(Bottom - Top + 10);

    public string LeftAt => F(Left);

    public string RightAt => F(Right);

    public string TopAt => F(Top);

    public string BottomAt => F(Bottom);

    public string LabelX => x.Label;

    public string LabelY => y.Label;

    public string LabelXAt => F((Left + Right) / 2);

    public string LabelXBelow => F(Height - 6);

    public IEnumerable<PlacedTick> TicksX => x.Ticks.Select(t => new PlacedTick(F(X(t.At)), t.Text, "middle"));

    public IEnumerable<PlacedTick> TicksY => y.Ticks.Select(t => new PlacedTick(F(Y(t.At)), Short(t.Text), "end"));

    public string TickXBelow => F(Bottom + 16);

    public string TickYBefore => F(Left - 7);

    public IReadOnlyList<Mark> Marks => marks;

    public IReadOnlyList<PlacedWord> Words => words;

    /// <param name="tip">What a pointer over it shows.</param>
    public Plot Line(string style, IEnumerable<(double X, double Y)> points, string? tip = null)
    {
        var path = new StringBuilder();
        foreach (var (px, py) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(F(X(px))).Append(' ').Append(F(Y(py)));
        return Add(style, path, tip);
    }

    /// <summary>Dots are lines of no length with round ends.</summary>
    public Plot Dots(string style, IEnumerable<(double X, double Y)> points, string? tip = null)
    {
        var path = new StringBuilder();
        foreach (var (px, py) in points) path.Append('M').Append(F(X(px))).Append(' ').Append(F(Y(py))).Append("h0");
        return Add(style, path, tip);
    }

    /// <summary>A name above each point, the first of more weight: one that would cover another is left out.</summary>
    public Plot Names(IEnumerable<(double X, double Y, string Name)> points)
    {
        const double height = 13;
        List<(double Left, double Right, double Y)> taken = [];
        foreach (var (px, py, whole) in points)
        {
            var (name, half) = (Short(whole), Short(whole).Length * LetterWidth / 2);
            var (at, above) = (Math.Clamp(X(px), Left + half, Math.Max(Left + half, Right - half)), Math.Max(Top + height - 3, Y(py) - 6));
            if (taken.Any(t => t.Left < at + half && at - half < t.Right && Math.Abs(t.Y - above) < height)) continue;
            taken.Add((at - half, at + half, above));
            words.Add(new(F(at), F(above), name));
        }
        return this;
    }

    /// <summary>Dots, each pushed up or down by so many of the page's units.</summary>
    public Plot Swarm(string style, IEnumerable<(double X, double Y, double Push)> points)
    {
        var path = new StringBuilder();
        foreach (var (px, py, push) in points) path.Append('M').Append(F(X(px))).Append(' ').Append(F(Y(py) + push)).Append("h0");
        return Add(style, path, null);
    }

    /// <summary>A segment for each pair of ends.</summary>
    public Plot Segments(string style, IEnumerable<((double X, double Y) From, (double X, double Y) To)> segments, string? tip = null)
    {
        var path = new StringBuilder();
        foreach (var (from, to) in segments)
            path.Append('M').Append(F(X(from.X))).Append(' ').Append(F(Y(from.Y))).Append('L').Append(F(X(to.X))).Append(' ').Append(F(Y(to.Y)));
        return Add(style, path, tip);
    }

    /// <summary>Bars from 0 up; a gap of one unit between them where there is room.</summary>
    /// <param name="edges">(bars + 1) along x.</param>
    /// <param name="heights">(bars) along y.</param>
    public Plot Bars(string style, IReadOnlyList<double> edges, IReadOnlyList<double> heights)
    {
        var path = new StringBuilder();
        for (var i = 0; i < heights.Count; i++)
        {
            if (!(heights[i] > 0)) continue;
            double from = X(edges[i]), to = X(edges[i + 1]), gap = to - from > 4 ? 0.5 : 0;
            path.Append('M').Append(F(from + gap)).Append(' ').Append(F(Y(0))).Append('V').Append(F(Y(heights[i])))
                .Append('H').Append(F(to - gap)).Append('V').Append(F(Y(0))).Append('z');
        }
        return Add(style, path, null);
    }

    /// <summary>The outline of bars.</summary>
    public Plot Stairs(string style, IReadOnlyList<double> edges, IReadOnlyList<double> heights)
    {
        var path = new StringBuilder().Append('M').Append(F(X(edges[0]))).Append(' ').Append(F(Y(0)));
        for (var i = 0; i < heights.Count; i++) path.Append('V').Append(F(Y(heights[i]))).Append('H').Append(F(X(edges[i + 1])));
        return Add(style, path.Append('V').Append(F(Y(0))), null);
    }

    /// <summary>What lies between two lines over the same x.</summary>
    public Plot Band(string style, IReadOnlyList<(double X, double Low, double High)> points)
    {
        var path = new StringBuilder();
        foreach (var (px, _, high) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(F(X(px))).Append(' ').Append(F(Y(high)));
        foreach (var (px, low, _) in points.Reverse()) path.Append('L').Append(F(X(px))).Append(' ').Append(F(Y(low)));
        return Add(style, path.Append('z'), null);
    }

    Plot Add(string style, StringBuilder path, string? tip)
    {
        if (path.Length > 0) marks.Add(new(style, path.ToString(), tip));
        return this;
    }

    double X(double value) => Left + (Right - Left) * x.Place(value);

    double Y(double value) => Bottom - (Bottom - Top) * y.Place(value);

    // Names that are alike mostly differ at their ends.
    static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName / 2 - 1)].TrimEnd()}…{name[^(LongestName / 2)..].TrimStart()}";

    // A tenth of a unit is less than a pixel; far outside the frame no browser needs the exact place.
    static string F(double value) => Math.Clamp(double.IsNaN(value) ? 0 : value, -9999, 9999).ToString("0.#", CultureInfo.InvariantCulture);
}

sealed record PlacedTick(string At, string Text, string Anchor);

sealed record PlacedWord(string X, string Y, string Text);

sealed record Mark(string Style, string Path, string? Tip);
