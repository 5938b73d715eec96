using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using Kaggle.Deep.Vision.Learners;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Learners;

public sealed class PictureFeaturesTests : IDisposable
{
    readonly PictureFolder folder = new();
    readonly Counted network = new();

    public void Dispose() => folder.Dispose();

    Dataset Rows(string digest, int rows = 40)
    {
        var random = new Random(8);
        for (var i = 0; i < rows; i++)
            folder.With($"{i}.png", PictureFolder.Drawn(8, 8, (_, _) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256))));
        return new([new ImageColumn("picture", Enumerable.Range(0, rows).Select(i => (string?)$"{i}.png").ToArray(), new(folder.Path, digest))]);
    }

    PictureFeatures Features(TestViews views) => new(network, 168, Framing.Squish, views);                // 14 pictures a batch

    static string Fresh() => Guid.NewGuid().ToString("N");

    [Fact]
    public void What_was_broken_off_goes_on_where_it_stood_and_ends_as_if_nothing_had_happened()
    {
        var (rows, twice) = (Rows(Fresh()), new TestViews { Flip = true });
        using var stop = new CancellationTokenSource();
        var halfway = Some.Context with { Cancel = stop.Token, Progress = new Hear(done => { if (done.Done > 0.5) stop.Cancel(); }) };

        Assert.Throws<OperationCanceledException>(() => Features(twice).Of(rows, halfway));
        var before = network.Shown();
        var resumed = Features(twice).Of(rows, Some.Context).Features.Values.ToArray();

        Assert.InRange(before, 40, 79);
        Assert.Equal(80, network.Shown());
        Assert.Equal(resumed, Features(twice).Of(Rows(Fresh()), Some.Context).Features.Values.ToArray());
    }

    [Fact]
    public void A_kill_amid_a_write_leaves_whole_batches_only()
    {
        var rows = Rows(Fresh());
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Features(TestViews.Plain).Of(rows, Some.Context with { Cancel = stop.Token, Progress = new Hear(_ => stop.Cancel()) }));
        var part = Directory.GetFiles(DecodedImages.UserCache(), "*.part").MaxBy(File.GetLastWriteTimeUtc)!;
        using (var file = File.OpenWrite(part)) file.SetLength(file.Length - 5);
        var before = network.Shown();

        var resumed = Features(TestViews.Plain).Of(rows, Some.Context).Features.Values.ToArray();

        Assert.Equal(before + 40, network.Shown());             // the batch that lacks five bytes was the only one
        Assert.Equal(resumed, Features(TestViews.Plain).Of(Rows(Fresh()), Some.Context).Features.Values.ToArray());
        Assert.False(File.Exists(part));
    }

    [Fact]
    public void A_piece_of_a_row_after_whole_batches_shifts_nothing()
    {
        var rows = Rows(Fresh());
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Features(TestViews.Plain).Of(rows, Some.Context with { Cancel = stop.Token, Progress = new Hear(_ => stop.Cancel()) }));
        var part = Directory.GetFiles(DecodedImages.UserCache(), "*.part").MaxBy(File.GetLastWriteTimeUtc)!;
        using (var file = File.Open(part, FileMode.Append)) file.Write([1, 2, 3, 4, 5]);
        var before = network.Shown();

        var resumed = Features(TestViews.Plain).Of(rows, Some.Context).Features.Values.ToArray();

        Assert.InRange(network.Shown() - before, 1, 39);
        Assert.Equal(resumed, Features(TestViews.Plain).Of(rows, Some.Context).Features.Values.ToArray());     // as it was kept
        Assert.Equal(resumed, Features(TestViews.Plain).Of(Rows(Fresh()), Some.Context).Features.Values.ToArray());
    }

    [Fact]
    public void Who_asks_for_the_mirror_image_too_finds_the_pictures_own_features()
    {
        var rows = Rows(Fresh());
        var plain = Features(TestViews.Plain).Of(rows, Some.Context).Features;
        Assert.Equal(40, network.Shown());

        var both = Features(new() { Flip = true }).Of(rows, Some.Context).Features;

        Assert.Equal(80, network.Shown());
        Assert.Equal(plain[3, 0], both[3, 0], 1e-5f);        // the means of colours are the same in the mirror
        Assert.NotEqual(plain[3, 3], both[3, 3]);            // the brightness at the left is not
    }

    [Fact]
    public void A_runs_folds_look_once()
    {
        var rows = Rows(digest: "");
        using var share = new RunShare();
        var probe = new LinearProbe { From = network, Sizes = [32], Views = TestViews.Plain };
        var answers = new TargetValues(Target.Number("y"), new(Enumerable.Range(0, 40).Select(i => (float)i).ToArray(), 1));
        var train = new Dataset(rows.Columns, answers);

        foreach (var fold in new[] { 0, 20 })
            using (var model = probe.Fit(train.Take([.. Enumerable.Range(fold, 20)]), null, Some.Context with { Share = share }))
                model.Predict(train.Take([.. Enumerable.Range(20 - fold, 20)]));

        Assert.Equal(40, network.Shown());
    }

    sealed class Hear(Action<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard(value);
    }

    /// <summary>The mean of each colour, and how bright the left half is; it counts what it is shown.</summary>
    sealed class Counted : IFrozenNetwork, IFrozenBody
    {
        int seen;

        public int Shown() => seen;

        public string Name => "counted";

        public Normalisation Normalisation => Normalisation.PlusMinusOne;

        public int Size => 32;

        public string? Lacks => null;

        public string Content => "";

        public IMapsPictures? Halves => null;

        public void Fetch(IProgress<FetchProgress> progress, CancellationToken cancel) { }

        public IFrozenBody Open(torch.Device device, int threads) => this;

        public FrozenOutputs Outputs(Tensor pictures)
        {
            Interlocked.Add(ref seen, (int)pictures.shape[0]);
            var left = pictures.narrow(3, 0, pictures.shape[3] / 2).mean([1, 2, 3]).unsqueeze(1);
            return new([cat([pictures.mean([2, 3]), left], 1)]);
        }

        public void Dispose() { }
    }
}
