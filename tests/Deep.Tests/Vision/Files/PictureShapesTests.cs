using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

public sealed class PictureShapesTests : IDisposable
{
    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    PictureShapes Of(params (int Width, int Height)[] sizes)
    {
        for (var i = 0; i < sizes.Length; i++) folder.With($"{i}.png", PictureFolder.Plain(SKColors.Red, sizes[i].Width, sizes[i].Height));
        return PictureShapes.Of(new("picture", Enumerable.Range(0, sizes.Length).Select(i => (string?)$"{i}.png").ToArray(), new(folder.Path)));
    }

    [Fact]
    public void The_middle_shorter_side_counts() => Assert.Equal(new(20, false), Of((30, 20), (10, 12), (99, 40)));

    [Fact]
    public void Squares_of_any_size_are_square() => Assert.Equal(new(9, true), Of((9, 9), (30, 30), (2, 2)));

    [Fact]
    public void Pictures_that_are_missing_or_broken_are_passed_over()
    {
        folder.With("broken.png", "no picture").With("good.png", PictureFolder.Plain(SKColors.Red, 5, 7));

        Assert.Equal(new(5, false), PictureShapes.Of(new("picture", new[] { "broken.png", null, "gone.png", "good.png" }, new(folder.Path))));
        Assert.Equal(new(null, false), PictureShapes.Of(new("picture", new[] { "broken.png", null, "gone.png" }, new(folder.Path))));
    }
}
