using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using Kaggle.Deep.Vision.Learners;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Learners;

/// <summary>Training on draws that were made once and seen through the layers that stay as published.</summary>
public sealed class LastStageTests : IDisposable
{
    const int Seen = 48;

    readonly LeftRightPictures pictures = new();
    readonly string weights = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public LastStageTests()
    {
        Libtorch.Load();
        Write(seed: 3);
    }

    void Write(int seed)
    {
        using var random = new Randomness(seed, CPU);
        using var network = new ResNet9 { Width = 4 }.Build(3, 0, random, new(TrainingPrecision.Float32));
        Safetensors.Write(weights, network.state_dict().Select(s => (s.Key, s.Value)));
    }

    public void Dispose()
    {
        pictures.Dispose();
        File.Delete(weights);
    }

    PictureNet Net => new()
    {
        From = new() { Name = "beginning", Architecture = new ResNet9 { Width = 4 }, File = weights, Classes = 0, Normalisation = Normalisation.PlusMinusOne, Size = 8 },
        Head = new PlainHead(), Size = 8, Epochs = 8, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02, FineTune = new() { FrozenEpochs = 2, Spread = 2 },
        KeptDraws = 3, Augmentation = PictureAugmentation.None with { Lighting = 0.1 }, Views = new() { Flip = true },
    };

    /// <summary>Rows whose pictures' bytes are known, so that what is made of them can be kept.</summary>
    Dataset Kept(string digest, int rows = 64)
    {
        var made = pictures.Rows(rows: rows);
        return new([new ImageColumn("picture", ((ImageColumn)made["picture"]).Sources, new(pictures.Folder.Path, digest))], made.Answers);
    }

    static string Fresh() => Guid.NewGuid().ToString("N");

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    static FileInfo[] Maps() => [.. new DirectoryInfo(DecodedImages.UserCache()).GetFiles("*.maps*").OrderBy(f => f.Name, StringComparer.Ordinal)];

    [Fact]
    public void Learns_left_from_right_and_leaves_all_before_the_last_stage_as_it_was_published()
    {
        var rows = pictures.Rows();
        using var model = (PictureModel)Net.Fit(rows.Take(..64), null, Some.Context);
        var truth = rows.Answers.Truth.Column(0).ToArray();

        Assert.True(Values(model, rows.Take(64..96)).Zip(truth[64..]).Count(p => p.First > 0.5f == (p.Second == 1)) >= 29);
        using var published = CheckpointFile.Read(weights);
        var learned = model.Network.named_parameters().Where(p => p.name.StartsWith("body.", StringComparison.Ordinal)).Select(p => (Name: p.name["body.".Length..], Value: p.parameter));
        Assert.All(learned, p => Assert.True(p.Value.equal(published[p.Name]).all().item<bool>() == !p.Name.StartsWith("layer3.", StringComparison.Ordinal), p.Name));
    }

    [Fact]
    public void Predicts_what_the_whole_network_says_of_the_picture_and_of_its_mirror_image()
    {
        var rows = pictures.Rows(rows: Seen);
        using var model = (PictureModel)Net.Fit(rows, null, Some.Context);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        List<float> plain = [], mirrored = [];
        PictureBytes.Each(rows, new() { Side = 8 }, 8, CPU, Some.Context, bytes =>
        {
            var seen = Normalisation.PlusMinusOne.Apply(bytes);
            plain.AddRange(model.Network.call([seen]).sigmoid().data<float>());
            mirrored.AddRange(model.Network.call([seen.flip(3)]).sigmoid().data<float>());
        });

        foreach (var (expected, said) in plain.Zip(Values(model, rows))) Assert.Equal(expected, said, 2e-3f);
        foreach (var (expected, said) in mirrored.Zip(model.PredictView(rows, 0).Values.Values.ToArray())) Assert.Equal(expected, said, 2e-3f);
    }

    [Fact]
    public void A_fold_finds_the_maps_that_another_one_kept()
    {
        var rows = Kept(Fresh());
        var before = Maps().Select(f => f.Name).ToHashSet();
        using (Net.Fit(rows.Take(..32), null, Some.Context)) { }
        var kept = Maps();
        File.Delete(Path.Combine(pictures.Folder.Path, "5.png"));                               // whoever looks again is told that it is missing
        foreach (var decoded in new DirectoryInfo(DecodedImages.UserCache()).GetFiles("*.images").Where(f => f.Length == rows.Rows * 8 * 8 * 3)) decoded.Delete();

        using var model = Net.Fit(rows.Take(32..), null, Some.Context);

        var made = Assert.Single(kept, f => !before.Contains(f.Name));
        Assert.Equal(64 * 3 * (16 * 2 * 2) * 2 + 6 * 4, made.Length);                          // rows, draws, numbers of a map in float16; and six that say so
        Assert.Equal(kept.Select(f => f.Name), Maps().Select(f => f.Name));
    }

    [Fact]
    public void What_was_broken_off_goes_on_where_it_stood_and_learns_the_same()
    {
        var (broken, whole) = (Kept(Fresh(), 900), Kept(Fresh(), 900));
        using var stop = new CancellationTokenSource();
        var net = Net with { Size = 64, Epochs = 1, LeastSteps = 0, FineTune = new() { FrozenEpochs = 1 } };      // 98 pictures a batch

        Assert.Throws<OperationCanceledException>(() => net.Fit(broken, null, Some.Context with { Cancel = stop.Token, Progress = new Hear(_ => stop.Cancel()) }));
        var part = Maps().Where(f => f.Extension == ".part").MaxBy(f => f.LastWriteTimeUtc)!;
        var started = part.Length;
        using (var file = File.Open(part.FullName, FileMode.Append)) file.Write([1, 2, 3]);       // a piece of the next row, as a kill leaves it
        using var resumed = net.Fit(broken, null, Some.Context);
        using var undisturbed = net.Fit(whole, null, Some.Context);

        Assert.InRange(started, 1, 900L * 3 * 16 * 16 * 16 * 2 - 1);
        Assert.False(File.Exists(part.FullName));
        Assert.Equal(Values(undisturbed, whole), Values(resumed, whole));
    }

    [Fact]
    public void A_saved_one_says_the_same_and_trained_again_learns_the_same()
    {
        var rows = pictures.Rows(rows: Seen);
        using var model = Net.Fit(rows, null, Some.Context);
        using var again = Net.Fit(rows, null, Some.Context);
        var saved = Directory.CreateTempSubdirectory("model-").FullName;
        model.Save(saved);
        using var loaded = Net.Load(saved, Some.Context);
        Directory.Delete(saved, recursive: true);

        Assert.Equal(Values(model, rows), Values(loaded, rows));
        Assert.Equal(Values(model, rows), Values(again, rows));
    }

    [Fact]
    public void A_saved_one_sees_through_the_layers_that_it_was_trained_with_whatever_the_weights_file_holds_by_now()
    {
        var rows = Kept(Fresh(), Seen);
        using var model = Net.Fit(rows, null, Some.Context);
        var saved = Directory.CreateTempSubdirectory("model-").FullName;
        model.Save(saved);
        Write(seed: 4);
        var fresh = Kept(Fresh(), Seen);

        using var loaded = Net.Load(saved, Some.Context);
        Directory.Delete(saved, recursive: true);
        var (before, after) = (Values(model, rows), Values(loaded, fresh));
        using var other = Net.Fit(fresh, null, Some.Context);
        Write(seed: 4);
        using var undisturbed = Net.Fit(Kept(Fresh(), Seen), null, Some.Context);

        Assert.Equal(before, after);
        Assert.Equal(Values(undisturbed, Kept(Fresh(), Seen)), Values(other, fresh));       // not through what the saved one left of these rows
    }

    [Fact]
    public void Pictures_brought_to_other_statistics_are_other_maps()
    {
        var (rows, fresh) = (Kept(Fresh(), Seen), Kept(Fresh(), Seen));
        var other = Net with { From = Net.From! with { Normalisation = Normalisation.ImageNet } };
        using (Net.Fit(rows, null, Some.Context)) { }

        using var model = other.Fit(rows, null, Some.Context);
        using var undisturbed = other.Fit(fresh, null, Some.Context);

        Assert.Equal(Values(undisturbed, fresh), Values(model, rows));
    }

    [Fact]
    public void Without_published_weights_or_a_known_last_stage_it_is_refused()
    {
        var rows = pictures.Rows(rows: 16);
        var transformer = Net.From! with { Architecture = new VisionTransformer() };

        Assert.Contains("no published weights", Assert.Throws<InputException>(() => (Net with { From = null }).Fit(rows, null, Some.Context)).Message);
        Assert.Contains("last stage of a VisionTransformer", Assert.Throws<InputException>(() => (Net with { From = transformer }).Fit(rows, null, Some.Context)).Message);
    }

    sealed class Hear(Action<FitProgress> heard) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => heard(value);
    }
}
