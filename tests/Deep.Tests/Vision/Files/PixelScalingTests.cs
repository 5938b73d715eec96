using System.Text.Json;
using Kaggle.Deep.Vision.Files;

namespace Kaggle.Tests.Deep.Vision.Files;

/// <summary>Against Pillow 9.4 (make_scaled.py beside this file): equal to the last bit.</summary>
public class PixelScalingTests
{
    sealed record Case(int Width, int Height, int NewWidth, int NewHeight, float[] Box, string Rgb)
    {
        public override string ToString() => $"{Width} × {Height} [{string.Join(" ", Box)}] → {NewWidth} × {NewHeight}";
    }

    static readonly JsonSerializerOptions json = new() { PropertyNameCaseInsensitive = true };

    [Fact]
    public void Pictures_are_scaled_as_pillow_scales_them()
    {
        using var stream = typeof(PixelScalingTests).Assembly.GetManifestResourceStream("scaled.json")!;
        foreach (var wanted in JsonSerializer.Deserialize<Case[]>(stream, json)!)
        {
            var (from, to) = (new byte[4 * wanted.Width * wanted.Height], new byte[4 * wanted.NewWidth * wanted.NewHeight]);
            for (var i = 0; i < from.Length; i++)
            {
                var (x, y, c) = (i / 4 % wanted.Width, i / 4 / wanted.Width, i % 4);
                from[i] = c == 3 ? (byte)255 : (byte)(7 * x * x + 13 * y + 29 * c + x * y * (c + 2));
            }

            PixelScaling.Scale(from, wanted.Width, wanted.Height, new(wanted.Box[0], wanted.Box[1], wanted.Box[2], wanted.Box[3]), to, wanted.NewWidth, wanted.NewHeight);

            Assert.True(Convert.FromBase64String(wanted.Rgb).SequenceEqual(to.Where((_, i) => i % 4 != 3)), wanted.ToString());
            Assert.All(to.Where((_, i) => i % 4 == 3), alpha => Assert.Equal(255, alpha));
        }
    }
}
