using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using SkiaSharp;

namespace Kaggle.Tests.Deep.Vision.Files;

public sealed class LookalikesTests : IDisposable
{
    readonly PictureFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A scene of a few discs, the same for a seed at any size.</summary>
    static byte[] Scene(int seed, int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int quality = 90)
    {
        var random = new Random(seed);
        var discs = Enumerable.Range(0, 12).Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), Radius: 0.05 + random.NextDouble() * 0.2, Colour: new SKColor((uint)random.Next()).WithAlpha(255))).ToArray();
        return PictureFolder.Drawn(width, height, (x, y) =>
        {
            var on = discs.LastOrDefault(d => Math.Pow((x + 0.5) / width - d.X, 2) + Math.Pow((y + 0.5) / height - d.Y, 2) < d.Radius * d.Radius);
            return on.Radius > 0 ? on.Colour : SKColors.SlateGray;
        }, format, quality);
    }

    Dataset Rows(params string?[] names) => new([new ImageColumn("picture", names, new(folder.Path))], new(Target.Classes("y"), new(names.Select((_, i) => (float)(i % 2)).ToArray(), 1), ["a", "b"]));

    [Fact]
    public void A_smaller_copy_and_a_coarser_one_are_found_and_strangers_are_not()
    {
        for (var i = 0; i < 40; i++) folder.With($"{i}.jpg", Scene(i, 160, 120));
        folder.With("small.png", Scene(3, 80, 60, SKEncodedImageFormat.Png)).With("coarse.jpg", Scene(7, 160, 120, quality: 25)).With("new.jpg", Scene(99, 160, 120));
        var train = Rows([.. Enumerable.Range(0, 40).Select(i => $"{i}.jpg")]);

        var across = Assert.Single(Lookalikes.Find(train, Rows("small.png", "new.jpg", "coarse.jpg"), 2));

        Assert.Equal("lookalikes-across", across.Code);
        Assert.StartsWith("2 of 3 test pictures look like a training picture (3.jpg and small.png, 7.jpg and coarse.jpg)", across.Sentence);
    }

    [Fact]
    public void Twins_in_training_are_told_with_how_many_disagree()
    {
        folder.With("one.jpg", Scene(1, 160, 120)).With("two.jpg", Scene(2, 160, 120)).With("again.png", Scene(1, 100, 75, SKEncodedImageFormat.Png)).With("twice.png", Scene(1, 90, 90, SKEncodedImageFormat.Png));

        var within = Assert.Single(Lookalikes.Find(Rows("one.jpg", "two.jpg", "again.png", "twice.png"), null, 2));

        Assert.StartsWith("2 of 4 training pictures look like an earlier one", within.Sentence);
        Assert.Contains("2 of the 3 pairs have different answers", within.Sentence);
    }

    [Fact]
    public void Of_frames_that_all_look_alike_the_first_pairs_are_counted()
    {
        folder.With("frame.jpg", Scene(1, 40, 30));

        var within = Assert.Single(Lookalikes.Find(Rows([.. Enumerable.Repeat("frame.jpg", 101)]), null, 1));

        Assert.StartsWith("100 of 101 training pictures look like an earlier one", within.Sentence);
        Assert.Contains("of the first 1810 pairs have different answers", within.Sentence);         // 1 + 2 + … + 20, and 80 times 20
    }

    [Fact]
    public void Flat_and_missing_pictures_resemble_nothing()
    {
        foreach (var name in new[] { "a.png", "b.png" }) folder.With(name, PictureFolder.Plain(SKColors.White, 40, 40));

        Assert.Empty(Lookalikes.Find(Rows("a.png", null, null, "b.png"), Rows("a.png", null), 2));
    }
}
