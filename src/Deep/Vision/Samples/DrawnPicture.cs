using Kaggle.Deep.Vision.Files;

namespace Kaggle.Deep.Vision.Samples;

/// <summary>A small picture drawn by formulas, for samples that the project makes itself: shapes by their distance to a pixel, so that edges are soft, and noise.</summary>
/// <remarks>Coordinates are 0 to 1 from the upper left; <see cref="Place"/> bends them before a shape is drawn.</remarks>
public sealed class DrawnPicture(int side, int channels)
{
    readonly float[] values = new float[side * side * channels];

    public int Side => side;

    /// <summary>From a pixel's coordinates to those in which shapes are given; the identity unless set.</summary>
    public Func<double, double, (double X, double Y)> Place { get; set; } = (x, y) => (x, y);

    /// <summary>A turned, sized, leaned and moved picture, as hands and cameras make them.</summary>
    /// <param name="random">Whose draws decide.</param>
    /// <param name="degrees">The most that it turns either way.</param>
    /// <param name="size">The most that it grows or shrinks, as a share.</param>
    /// <param name="move">The most that it moves, as a share of the side.</param>
    public void Distort(Random random, double degrees, double size, double move)
    {
        double Either(double most) => (2 * random.NextDouble() - 1) * most;
        var (angle, scale, lean) = (Either(degrees) * Math.PI / 180, 1 + Either(size), Either(size));
        var (dx, dy, cos, sin) = (Either(move), Either(move), Math.Cos(angle), Math.Sin(angle));
        Place = (x, y) =>
        {
            (x, y) = ((x - 0.5 - dx) / scale, (y - 0.5 - dy) / scale);
            (x, y) = (cos * x - sin * y, sin * x + cos * y);
            return (x + lean * y + 0.5, y + 0.5);
        };
    }

    /// <param name="distance">How far a point is outside of the shape; negative inside.</param>
    /// <param name="colour">One value a channel, 0 to 1.</param>
    /// <param name="soft">Over what distance the edge fades.</param>
    public void Fill(Func<double, double, double> distance, ReadOnlySpan<double> colour, double soft = 0.03)
    {
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var (x, y) = Place((column + 0.5) / side, (row + 0.5) / side);
                var cover = Math.Clamp(0.5 - distance(x, y) / soft, 0, 1);
                if (cover == 0) continue;
                for (var c = 0; c < channels; c++)
                {
                    ref var value = ref values[(row * side + column) * channels + c];
                    value = (float)(value * (1 - cover) + colour[c] * cover);
                }
            }
    }

    /// <summary>A stroke along a line of points.</summary>
    public void Stroke(IReadOnlyList<(double X, double Y)> points, double width, ReadOnlySpan<double> colour) => Fill((x, y) =>
    {
        var nearest = double.PositiveInfinity;
        for (var i = 1; i < points.Count; i++) nearest = Math.Min(nearest, ToSegment(x, y, points[i - 1], points[i]));
        return nearest - width / 2;
    }, colour, 0.05);

    /// <summary>An upright ellipse.</summary>
    public void Ellipse(double x, double y, double wide, double high, ReadOnlySpan<double> colour) =>
        Fill((px, py) => (Math.Sqrt(Math.Pow((px - x) / wide, 2) + Math.Pow((py - y) / high, 2)) - 1) * Math.Min(wide, high), colour);

    /// <summary>A polygon, its corners in order.</summary>
    public void Polygon(IReadOnlyList<(double X, double Y)> corners, ReadOnlySpan<double> colour) => Fill((x, y) =>
    {
        var (nearest, inside) = (double.PositiveInfinity, false);
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            nearest = Math.Min(nearest, ToSegment(x, y, corners[j], corners[i]));
            if (corners[i].Y > y != corners[j].Y > y && x < (corners[j].X - corners[i].X) * (y - corners[i].Y) / (corners[j].Y - corners[i].Y) + corners[i].X) inside = !inside;
        }
        return inside ? -nearest : nearest;
    }, colour);

    /// <summary>Makes every value of a pixel lighter or darker.</summary>
    /// <param name="factor">Of the point's coordinates as shapes see them.</param>
    public void Shade(Func<double, double, double> factor)
    {
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var (x, y) = Place((column + 0.5) / side, (row + 0.5) / side);
                var by = (float)factor(x, y);
                for (var c = 0; c < channels; c++) values[(row * side + column) * channels + c] *= by;
            }
    }

    public void Background(ReadOnlySpan<double> colour)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (float)colour[i % channels];
    }

    public void Noise(Random random, double deviation)
    {
        // A sum of three uniform draws is bell enough, and the same on every machine.
        for (var i = 0; i < values.Length; i++) values[i] += (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2 * deviation);
    }

    /// <returns>(side, side, channels).</returns>
    public byte[] Bytes() => Array.ConvertAll(values, v => (byte)Math.Clamp(MathF.Round(v * 255), 0, 255));

    /// <returns>A JPEG file.</returns>
    public byte[] Jpeg(int quality = 85) => ImageDecoder.Jpeg(Bytes(), new() { Side = side, Channels = channels }, quality);

    static double ToSegment(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var along = dx == 0 && dy == 0 ? 0 : Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / (dx * dx + dy * dy), 0, 1);
        return Math.Sqrt(Math.Pow(x - a.X - along * dx, 2) + Math.Pow(y - a.Y - along * dy, 2));
    }
}
