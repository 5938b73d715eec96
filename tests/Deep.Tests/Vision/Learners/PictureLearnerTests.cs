using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Learners;
using TorchSharp;

namespace Kaggle.Tests.Deep.Vision.Learners;

/// <summary>The laws of learners, on pictures: bright at the left or at the right.</summary>
public sealed class PictureLearnerTests : IDisposable
{
    readonly LeftRightPictures pictures = new();
    readonly PictureFolder folder;

    public PictureLearnerTests() => folder = pictures.Folder;

    public void Dispose() => pictures.Dispose();

    static ILearner Learner(string name) => name switch
    {
        "network" => new PictureNet
        {
            Architecture = new ResNet9 { Width = 4 }, Size = 8, Channels = 1, Epochs = 6, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
            Augmentation = PictureAugmentation.Digits, Views = new() { Shift = 1 },
        },
        "network with a head" => new PictureNet { Architecture = new ResNet9 { Width = 4 }, Head = new PlainHead(), Size = 8, Channels = 1, Epochs = 6, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02 },
        _ => new OnPixels(new Mlp { Hidden = [16], Epochs = 12, BatchSize = 16, LearningRate = 0.02 }) { Size = 4 },
    };

    Dataset Rows(string task, int rows = 96) => pictures.Rows(task, rows);

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    [Fact]
    public void A_view_is_what_the_network_says_of_the_mirrored_picture_and_the_plain_prediction_knows_nothing_of_it()
    {
        var rows = Rows("binary");
        var net = (PictureNet)Learner("network with a head") with { Views = new() { Flip = true, PlainShare = 0.25 } };
        using var model = net.Fit(rows.Take(..64), null, Some.Context);
        using var without = (net with { Views = null }).Fit(rows.Take(..64), null, Some.Context);
        var random = new Random(9);
        var one = Enumerable.Range(0, 64).Select(_ => (byte)random.Next(256)).ToArray();
        folder.With("one.png", PictureFolder.Drawn(8, 8, (x, y) => { var g = one[8 * y + x]; return new(g, g, g); }));
        folder.With("mirrored.png", PictureFolder.Drawn(8, 8, (x, y) => { var g = one[8 * y + 7 - x]; return new(g, g, g); }));
        Dataset Only(string name) => new([new ImageColumn("picture", new[] { name }, new(folder.Path))]);

        var views = Assert.IsAssignableFrom<IViewsRows>(model);
        Assert.Equal((1, 0.25), (views.Views, views.PlainShare));
        Assert.Equal(0, ((IViewsRows)without).Views);
        Assert.Equal(Values(without, Only("one.png")), Values(model, Only("one.png")));
        Assert.Equal(Values(model, Only("mirrored.png"))[0], views.PredictView(Only("one.png"), 0).Values[0, 0], 1e-5f);
        Assert.NotEqual(Values(model, Only("mirrored.png")), Values(model, Only("one.png")));
    }

    [Theory]
    [InlineData("network", "binary")]
    [InlineData("network", "classes")]
    [InlineData("network", "number")]
    [InlineData("network with a head", "binary")]
    [InlineData("pixels", "binary")]
    public void Each_learns_what_the_pictures_show(string name, string task)
    {
        var rows = Rows(task);
        using var model = Learner(name).Fit(rows.Take(..64), null, Some.Context);

        var said = model.Predict(rows.Take(64..96));

        Assert.Equal((32, rows.Answers.Outputs), (said.Rows, said.Outputs));
        var truth = rows.Take(64..96).Answers.Truth;
        var right = Enumerable.Range(0, 32).Count(i => task switch
        {
            "classes" => said[i, (int)truth[i, 0]] > 0.5f,
            "number" => Math.Abs(said[i, 0] - truth[i, 0]) < 2.5f,
            _ => said[i, 0] > 0.5f == (truth[i, 0] == 1),
        });
        Assert.True(right >= 29, $"{right} of 32");
    }

    [Theory]
    [InlineData("network")]
    [InlineData("pixels")]
    public void The_same_seed_gives_the_same_and_a_saved_model_predicts_as_before(string name)
    {
        var rows = Rows("binary", 48);
        var learner = Learner(name);
        using var model = learner.Fit(rows, null, Some.Context);
        using (var again = learner.Fit(rows, null, Some.Context)) Assert.Equal(Values(model, rows), Values(again, rows));

        var saved = Directory.CreateTempSubdirectory("model-").FullName;
        model.Save(saved);
        using var loaded = learner.Load(saved, Some.Context);
        Assert.Equal(Values(model, rows), Values(loaded, rows));
        Directory.Delete(saved, recursive: true);
    }

    [Theory]
    [InlineData("network")]
    [InlineData("pixels")]
    public void A_row_scores_alone_as_in_a_batch_and_none_scores_nothing(string name)
    {
        var rows = Rows("binary", 48);
        using var model = Learner(name).Fit(rows, null, Some.Context);

        Assert.Equal(model.Predict(rows)[7, 0], model.Predict(rows.Take([7]))[0, 0], 1e-5f);
        Assert.Equal(0, model.Predict(rows.Take([])).Rows);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var rows = Rows("binary", 48);
        Learner("network").Fit(rows, null, Some.Context).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (var model = Learner("network").Fit(rows, null, Some.Context)) model.Predict(rows);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Another_width_is_another_key()
    {
        string Key(int width) => UnitKey.Settings(new PictureNet { Architecture = new ResNet9 { Width = width } }).ToJsonString();

        Assert.Equal(Key(8), Key(8));
        Assert.NotEqual(Key(8), Key(16));
        Assert.NotEqual(UnitKey.Settings(new OnPixels(new Mlp { Epochs = 3 })).ToJsonString(), UnitKey.Settings(new OnPixels(new Mlp { Epochs = 4 })).ToJsonString());
    }

    [Fact]
    public void A_sheet_shows_each_picture_as_it_is_and_then_as_it_was_drawn()
    {
        var rows = Rows("binary", 8);
        var learner = new PictureNet { Size = 8, Channels = 1, Augmentation = PictureAugmentation.Digits };

        using var sheet = SkiaSharp.SKBitmap.Decode(learner.Show(rows, Some.Context));
        using var plain = SkiaSharp.SKBitmap.Decode(learner.Show(rows, Some.Context with { Seed = 99 }));
        using var first = SkiaSharp.SKBitmap.Decode(File.ReadAllBytes(folder["0.png"]));

        // Six lines of nine pictures, each pixel nine wide, four pixels between them and four more beside the first column.
        Assert.Equal((9 * (72 + 4) + 8, 6 * (72 + 4) + 4), (sheet.Width, sheet.Height));
        for (var i = 0; i < 64; i++) Assert.Equal(first.GetPixel(i % 8, i / 8), sheet.GetPixel(4 + i % 8 * 9 + 4, 4 + i / 8 * 9 + 4));
        bool Alike(int left, int right) => Enumerable.Range(left, right - left).All(x => Enumerable.Range(0, sheet.Height).All(y => sheet.GetPixel(x, y) == plain.GetPixel(x, y)));
        Assert.True(Alike(0, 80));
        Assert.False(Alike(80, sheet.Width));
    }

    [Fact]
    public void Growing_pictures_train_through_every_size()
    {
        var learner = new PictureNet { Architecture = new ResNet9 { Width = 4 }, Size = 16, Before = [new() { Size = 8, Epochs = 3 }, new() { Size = 12, Epochs = 2 }], Channels = 1, Epochs = 4, LeastSteps = 0, BatchSize = 16 };
        var rows = Rows("binary", 48);

        using var model = learner.Fit(rows, null, Some.Context);

        Assert.Equal(4, model.Record.Iterations);
        Assert.Equal(9, model.Record.Curves.Single(c => c.Name == "train loss").Values.Count);
        using var straight = (learner with { Before = [] }).Fit(rows, null, Some.Context);
        Assert.NotEqual(Values(straight, rows), Values(model, rows));
    }

    [Fact]
    public void Rows_without_pictures_are_refused() =>
        Assert.Contains("no image column", Assert.Throws<InputException>(() => Learner("network").Fit(Some.Rows(TaskKind.Binary), null, Some.Context)).Message);

    [Fact]
    public void A_file_of_weights_is_told_by_its_name_or_by_yours_and_its_bytes_are_settings()
    {
        folder.With("resnet20_cifar10.safetensors", "one").With("mine.safetensors", "two");

        Assert.Equal("resnet20_cifar10", PretrainedModels.OfFile(folder["resnet20_cifar10.safetensors"], null).Name);
        Assert.Equal("resnet56_cifar10", PretrainedModels.OfFile(folder["mine.safetensors"], "resnet56_cifar10").Name);
        Assert.Contains("does not tell which network", Assert.Throws<InputException>(() => PretrainedModels.OfFile(folder["mine.safetensors"], null)).Message);
        Assert.Contains("There is no file", Assert.Throws<InputException>(() => PretrainedModels.OfFile(folder["lost.safetensors"], null)).Message);

        string Key() => UnitKey.Settings(new LinearProbe { From = PretrainedModels.OfFile(folder["mine.safetensors"], "resnet20_cifar10") }).ToJsonString();
        var before = Key();
        Assert.Equal(before, Key());
        folder.With("mine.safetensors", "three");
        Assert.NotEqual(before, Key());
    }

    [Fact]
    public void Weights_that_are_not_there_are_named()
    {
        var learner = new LinearProbe { From = PretrainedModels.MobileNetV2Folded with { File = "nowhere.safetensors" } };

        Assert.Contains("nowhere.safetensors", learner.Lacks);
        Assert.Contains("KAGGLE_WEIGHTS", learner.Lacks);
    }

    [Fact]
    public void A_frozen_network_tells_its_features_and_the_scores_of_its_own_classes()
    {
        var published = WithRandomWeights(PretrainedModels.CifarResNet20);
        using var scope = torch.NewDisposeScope();
        using var random = new Randomness(0, torch.CPU);
        using var network = published.Load(published.File, random, new(TrainingPrecision.Float32));
        network.eval();
        var pictures = torch.randn(2, 3, 32, 32);

        using var body = published.Open(torch.CPU, 1);
        var (features, classes) = body.Outputs(pictures);

        Assert.True(network.call([pictures]).allclose(classes!, rtol: 1e-5, atol: 1e-6));
        Assert.Equal([2L, 64L], features[^1].shape);
    }

    [Fact]
    public void A_probe_takes_the_scores_of_classes_only_when_asked_and_only_where_there_are_some()
    {
        var published = WithRandomWeights(PretrainedModels.CifarResNet20);
        var rows = Rows("binary", 24);
        Matrix Seen(LinearProbe probe)
        {
            using var model = probe.Fit(rows, null, Some.Context);
            return ((ISeesPictures)model).Seen(rows);
        }
        var probe = new LinearProbe { From = published, Sizes = [32] };
        var (without, with) = (Seen(probe), Seen(probe with { OwnClasses = true }));

        Assert.Equal((64, 10 + 64), (without.Columns, with.Columns));
        Assert.Equal(without.Row(5).ToArray(), with.Row(5)[10..].ToArray());
        Assert.Contains("no classifier", Assert.Throws<InputException>(() => Seen(probe with { OwnClasses = true, From = published with { Classes = 0 } })).Message);
    }

    [Fact]
    public void A_file_of_ones_own_is_a_frozen_network_whatever_its_classifier()
    {
        var published = WithRandomWeights(PretrainedModels.CifarResNet20 with { Classes = 7 });
        using var scope = torch.NewDisposeScope();

        using var body = PretrainedModels.OfFile(published.File, "resnet20_cifar10").Open(torch.CPU, 1);
        var (features, classes) = body.Outputs(torch.randn(2, 3, 32, 32));

        Assert.Null(classes);
        Assert.Equal([2L, 64L], features[^1].shape);
    }

    Pretrained WithRandomWeights(Pretrained published)
    {
        Kaggle.Deep.Native.Libtorch.Load();
        published = published with { File = folder["random.safetensors"] };
        using var random = new Randomness(3, torch.CPU);
        using var network = published.Architecture.Build(3, published.Classes, random, new(TrainingPrecision.Float32));
        Safetensors.Write(published.File, network.state_dict().Select(s => (s.Key, s.Value)));
        return published;
    }
}
