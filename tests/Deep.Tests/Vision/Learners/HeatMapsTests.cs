using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Learners;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Learners;

public sealed class HeatMapsTests : IDisposable
{
    readonly PictureFolder folder = new();

    public HeatMapsTests() => Libtorch.Load();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_a_linear_layer_on_means_the_heat_is_the_maps_weighted_by_the_surest_class()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3, CPU);
        var (maps, weights) = (rand([2, 4, 3, 3], generator: random), randn([5, 4], generator: random));

        var heat = HeatMaps.OfSurest(maps, m => m.mean([2, 3]).matmul(weights.T));

        for (var picture = 0; picture < 2; picture++)
        {
            var surest = (int)maps[picture].mean([1, 2]).unsqueeze(0).matmul(weights.T).argmax(1).item<long>();
            var wanted = (maps[picture] * weights[surest].view(4, 1, 1)).sum([0]).relu();                  // class activation mapping, arXiv 1512.04150
            wanted /= wanted.max();
            Assert.All(heat[picture].contiguous().data<float>().ToArray().Zip(wanted.contiguous().data<float>().ToArray()), p => Assert.Equal(p.Second, p.First, 1e-4f));
        }
    }

    [Fact]
    public void A_network_looks_where_the_answer_is()
    {
        // Bright at the upper left or at the lower right; noise elsewhere.
        var random = new Random(4);
        var truth = new float[96];
        for (var i = 0; i < truth.Length; i++)
        {
            var first = random.Next(2) == 0;
            truth[i] = first ? 1 : 0;
            folder.With($"{i}.png", PictureFolder.Drawn(32, 32, (x, y) =>
            {
                var g = (byte)(random.Next(60) + ((first ? x < 12 && y < 12 : x >= 20 && y >= 20) ? 150 : 0));
                return new(g, g, g);
            }));
        }
        var rows = new Dataset([new ImageColumn("picture", Enumerable.Range(0, 96).Select(i => (string?)$"{i}.png").ToArray(), new(folder.Path))], new(Target.Classes("y"), new(truth, 1), ["low", "high"]));
        using var model = new PictureNet { Architecture = new ResNet9 { Width = 8 }, Size = 32, Channels = 1, Epochs = 8, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02 }.Fit(rows, null, Some.Context);

        var sees = Assert.IsAssignableFrom<ISeesPictures>(model);
        var seen = sees.Seen(rows.Take(..10));
        var looks = sees.Looks(rows.Take(..10));

        Assert.Equal((10, 64), (seen.Rows, seen.Columns));
        Assert.All(Enumerable.Range(0, 10), i =>
        {
            using var drawn = SkiaSharp.SKBitmap.Decode(looks[i]);
            // Warmth is what red has over blue; greys have none.
            double Warmth(int from) => Enumerable.Range(0, 144).Average(p => drawn.GetPixel(from + p % 12, from + p / 12) is var c ? c.Red - c.Blue : 0);
            Assert.True(truth[i] == 1 ? Warmth(0) > Warmth(20) : Warmth(20) > Warmth(0), $"{i}: {Warmth(0)} and {Warmth(20)}");
        });
    }
}
