using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Vision;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Learners;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Vision.Learners;

/// <summary>How a network over pictures is trained and asked: sizes, presizing, views that are drawn, means of weights.</summary>
public sealed class PictureTrainingTests : IDisposable
{
    readonly LeftRightPictures pictures = new();

    public PictureTrainingTests() => Libtorch.Load();

    public void Dispose() => pictures.Dispose();

    static PictureNet Net => new()
    {
        Architecture = new ResNet9 { Width = 4 }, Size = 8, Channels = 1, Epochs = 6, LeastSteps = 0, BatchSize = 16, LearningRate = 0.02,
    };

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    static int Right(IModel model, Dataset rows) => Values(model, rows).Zip(rows.Answers.Truth.Column(0).ToArray()).Count(p => p.First > 0.5f == (p.Second == 1));

    static int EpochsOf(IModel model) => model.Record.Curves.Single(c => c.Name == "train loss").Values.Count;

    [Fact]
    public void Pictures_decoded_larger_are_learned_from_and_predicted_at_the_size_asked_for()
    {
        var rows = pictures.Rows();
        var learner = Net with { Presize = 14, Augmentation = PictureAugmentation.Presized with { Flip = false } };
        using var model = learner.Fit(rows.Take(..64), null, Some.Context);

        Assert.True(Right(model, rows.Take(64..96)) >= 29);
        var saved = Directory.CreateTempSubdirectory("model-").FullName;
        model.Save(saved);
        using var loaded = learner.Load(saved, Some.Context);
        Assert.Equal(Values(model, rows), Values(loaded, rows));
        Directory.Delete(saved, recursive: true);
        using var sheet = SkiaSharp.SKBitmap.Decode(learner.Show(rows, Some.Context));
        Assert.Equal((9 * (72 + 4) + 8, 6 * (72 + 4) + 4), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void What_a_network_is_shown_of_a_picture_decoded_twice_as_large_is_the_mean_of_each_four_pixels()
    {
        var rows = Checked();
        var learner = Net with { Presize = 16 };
        var shown = new List<long[]>();
        using var model = Model(learner, rows, new Looking(x => { shown.Add(x.shape); return x.select(1, 0).select(1, 0).select(1, 0).unsqueeze(1); }));
        using var scope = NewDisposeScope();

        // The upper left pixel of the small picture, before the objective makes a probability of it.
        var said = Values(model, rows);

        Assert.All(shown, shape => Assert.Equal([1, 8, 8], shape[1..]));
        for (var i = 0; i < 3; i++) Assert.Equal(1 / (1 + Math.Exp(-((Corner(i, 0, 0) + Corner(i, 1, 0) + Corner(i, 0, 1) + Corner(i, 1, 1)) / 4.0 / 127.5 - 1))), said[i], 1e-4);
    }

    static byte Corner(int picture, int x, int y) => (byte)(40 * picture + 13 * x + 29 * y);

    /// <summary>Three pictures of sixteen pixels by a formula.</summary>
    Dataset Checked()
    {
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            pictures.Folder.With($"checked {i}.png", PictureFolder.Drawn(16, 16, (x, y) => { var g = Corner(number, x, y); return new(g, g, g); }));
        }
        return new([new ImageColumn("picture", Enumerable.Range(0, 3).Select(i => (string?)$"checked {i}.png").ToArray(), new(pictures.Folder.Path))], new(Target.Binary("y"), new(new float[] { 0, 1, 0 }, 1), ["no", "yes"]));
    }

    [Fact]
    public void Presizing_below_the_size_and_draws_without_an_augmentation_are_mistakes()
    {
        var rows = pictures.Rows(rows: 16);

        Assert.Contains("less than Size", Assert.Throws<InputException>(() => (Net with { Size = 16, Presize = 12 }).Fit(rows, null, Some.Context)).Message);
        Assert.Contains("no Augmentation", Assert.Throws<InputException>(() => (Net with { Views = TestViews.Drawn }).Fit(rows, null, Some.Context)).Message);
    }

    [Fact]
    public void Stages_have_the_epochs_they_ask_for_and_a_presizing_as_large_as_the_trainings_own()
    {
        var learner = Net with { Size = 16, Presize = 24, Before = [new() { Size = 8, Epochs = 3 }], Epochs = 4, LeastSteps = 20 };
        using var model = learner.Fit(pictures.Rows(rows: 32), null, Some.Context);

        Assert.Equal(3 + 20 / 2, EpochsOf(model));                                       // two steps an epoch
        Assert.Equal((8, 12, 3), (learner.At(learner.Before[0]).Size, learner.At(learner.Before[0]).Presize, learner.At(learner.Before[0]).Epochs));
    }

    [Fact]
    public void At_another_size_all_sizes_change_by_as_much()
    {
        var net = (PictureNet)(Net with { Size = 32, Presize = 48, Before = [new() { Size = 16, Epochs = 3 }] }).AtSize(64);
        Assert.Equal((64, 96, 32), (net.Size, net.Presize, net.Before[0].Size));

        var probe = (LinearProbe)new LinearProbe { Sizes = [224, 288], Beside = [new() { Sizes = [112] }] }.AtSize(112);
        Assert.Equal([112, 144, 112], [.. probe.Sizes, .. probe.Beside[0].Sizes]);
    }

    [Fact]
    public void In_a_hurry_the_stages_shrink_too()
    {
        var quick = (PictureNet)(Net with { Epochs = 30, QuickEpochs = 2, Before = [new() { Size = 8, Epochs = 20 }, new() { Size = 12, Epochs = 1 }] }).Quick!;

        Assert.Equal(2, quick.Epochs);
        Assert.Equal([(8, 2), (12, 1)], quick.Before.Select(stage => (stage.Size, stage.Epochs)));
    }

    [Fact]
    public void Means_of_weights_are_kept_and_only_the_one_that_chooses_among_epochs_wants_rows_held_back()
    {
        var rows = pictures.Rows();
        float[] Said(WeightAveraging? averaging)
        {
            using var model = (Net with { Averaging = averaging, Augmentation = PictureAugmentation.Digits }).Fit(rows.Take(..64), rows.Take(64..80), Some.Context);
            return Values(model, rows.Take(80..96));
        }

        Assert.Equal([false, false, false, true], new WeightAveraging?[] { null, new RunningAverage(), new EpochAverage(), new BestEpochs() }.Select(a => (Net with { Averaging = a }).StopsEarly));
        float[][] said = [Said(null), Said(new RunningAverage { Decay = 0.9 }), Said(new EpochAverage { LastShare = 0.5 })];
        Assert.Equal(3, said.Select(s => string.Join(' ', s)).Distinct().Count());
    }

    [Fact]
    public void A_soup_of_the_best_epochs_fits_the_rows_held_back_at_least_as_well_as_the_best_epoch()
    {
        var rows = pictures.Rows();
        var held = rows.Take(64..96);
        double Loss(WeightAveraging? averaging)
        {
            using var model = (Net with { Averaging = averaging, Schedule = new ConstantSchedule(), LearningRate = 0.05, BatchSize = 4, Epochs = 8 }).Fit(rows.Take(..64), held, Some.Context);
            return Values(model, held).Zip(held.Answers.Truth.Column(0).ToArray()).Average(p => -Math.Log(Math.Max(1e-7, p.Second == 1 ? p.First : 1 - p.First)));
        }

        var (best, soup) = (Loss(null), Loss(new BestEpochs { Most = 4 }));

        Assert.True(soup <= best + 1e-4, $"{soup} after {best}");
        Assert.NotEqual(best, soup);
    }

    [Fact]
    public void Views_of_a_network_that_sees_nothing_but_the_mean_colour_say_what_the_picture_says()
    {
        // A frame of one colour, wider than a shift: what leaves at one side is what comes in at the other.
        for (var i = 0; i < 6; i++)
        {
            var number = i;
            pictures.Folder.With($"framed {i}.png", PictureFolder.Drawn(12, 12, (x, y) => x is < 4 or > 7 || y is < 4 or > 7 ? new(60, 60, 60) : new((byte)(40 * number), (byte)(200 - 9 * x * number % 150), (byte)(17 * y * (number + 1) % 256))));
        }
        Dataset rows = new([new ImageColumn("picture", Enumerable.Range(0, 6).Select(i => (string?)$"framed {i}.png").ToArray(), new(pictures.Folder.Path))], new(Target.Binary("y"), new(new float[] { 0, 1, 0, 1, 0, 1 }, 1), ["no", "yes"]));
        var learner = new PictureNet
        {
            Size = 12, Views = new() { Flip = true, Shift = 2, Draws = 3 }, Augmentation = PictureAugmentation.None with { Dihedral = true },
        };
        using var model = Model(learner, rows, new Looking(x => x.mean([1, 2, 3]).unsqueeze(1) * 5));
        var plain = Values(model, rows);

        Assert.Equal(6, plain.Select(p => MathF.Round(p, 4)).Distinct().Count());
        Assert.Equal(5 + 3, model.Views);
        for (var view = 0; view < model.Views; view++)
            Assert.All(model.PredictView(rows, view).Values.Values.ToArray().Zip(plain), p => Assert.Equal(p.Second, p.First, 1e-5f));
    }

    [Fact]
    public void Drawn_views_are_the_same_on_every_call_and_for_a_row_alone_as_in_a_batch_and_differ_among_each_other()
    {
        var rows = pictures.Rows(rows: 48);
        var learner = Net with { Views = TestViews.Drawn, Augmentation = PictureAugmentation.Photos, Presize = 10 };
        using var fitted = learner.Fit(rows, null, Some.Context);
        using var without = (learner with { Views = null }).Fit(rows, null, Some.Context);
        var model = Assert.IsAssignableFrom<IViewsRows>(fitted);
        float[] View(int view, Dataset of) => model.PredictView(of, view).Values.Values.ToArray();

        Assert.Equal((4, 0.25), (model.Views, model.PlainShare));
        Assert.Equal(Values(without, rows), Values(fitted, rows));
        Assert.Equal(View(2, rows), View(2, rows));
        Assert.Equal(View(2, rows)[7], View(2, rows.Take([7]))[0], 1e-5f);
        float[][] all = [Values(fitted, rows), .. Enumerable.Range(0, 4).Select(view => View(view, rows))];
        Assert.Equal(5, all.Select(said => string.Join(' ', said)).Distinct().Count());
    }

    [Fact]
    public void Views_leave_no_tensor_behind()
    {
        var rows = pictures.Rows(rows: 24);
        var learner = Net with { Views = TestViews.Drawn with { Flip = true }, Augmentation = PictureAugmentation.Photos, Presize = 10, Epochs = 1 };
        learner.Fit(rows, null, Some.Context).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (var model = learner.Fit(rows, null, Some.Context))
            for (var view = 0; view < 5; view++) ((IViewsRows)model).PredictView(rows, view);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    static PictureModel Model(PictureNet learner, Dataset rows, Network network) =>
        new(learner, network, new(Objective.For(rows.Answers, null), FitRecord.Nothing), CPU, Some.Context);

    /// <summary>A network of one formula.</summary>
    sealed class Looking(Func<Tensor, Tensor> formula) : Network(nameof(Looking))
    {
        public override int PredictBatch => 4;

        public override Tensor forward(Tensor[] inputs) => formula(inputs[0]);
    }
}
