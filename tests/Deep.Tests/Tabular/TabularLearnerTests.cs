using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using TorchSharp;

namespace Kaggle.Tests.Deep.Tabular;

/// <summary>What every network over tables must do; one line in <see cref="learners"/> adds one.</summary>
public class TabularLearnerTests
{
    static readonly Dictionary<string, Func<int, ILearner>> learners = new()
    {
        ["mlp"] = epochs => new Mlp { Epochs = epochs, Dropout = 0.1, BatchSize = 64, LearningRate = 0.005 },
        ["tabm"] = epochs => new TabM { Epochs = epochs * 4, Width = 32, Members = 4, BatchSize = 64, Bins = 8 },
        ["tabm-full"] = epochs => new TabM { Epochs = epochs * 4, Width = 32, Members = 4, BatchSize = 64, Full = true, Precision = TrainingPrecision.Float32 },
        ["resnet"] = epochs => new TabularResNet { Epochs = epochs * 4, Width = 32, Blocks = 2, BatchSize = 64 },
        ["modernnca"] = epochs => new ModernNca { Epochs = epochs * 4, Width = 16, Frequencies = 12, EmbeddingWidth = 8, BatchSize = 64, LearningRate = 0.02, DrawnShare = 0.2 },
        ["modernnca-blocks"] = epochs => new ModernNca { Epochs = epochs * 4, Width = 16, Blocks = [16], Frequencies = 12, EmbeddingWidth = 8, BatchSize = 64, DrawnShare = 0.2 },
        ["fttransformer"] = epochs => new FtTransformer { Epochs = epochs * 4, Width = 16, Heads = 2, Layers = 2, BatchSize = 64, LearningRate = 0.003 },
        ["realmlp"] = epochs => new RealMlp { Epochs = epochs, Hidden = [64, 64], BatchSize = 64, LearningRate = 0.04 },
    };

    public static TheoryData<string> Names => [.. learners.Keys];

    public static IEnumerable<TheoryDataRow<string, TaskKind>> NamesAndTasks => from n in learners.Keys from t in Enum.GetValues<TaskKind>() select new TheoryDataRow<string, TaskKind>(n, t);

    static ILearner Quick(string name, int epochs = 15) => learners[name](epochs);

    [Theory, MemberData(nameof(NamesAndTasks))]
    public void Learns_every_kind_of_answer(string name, TaskKind task)
    {
        var (train, test) = (Some.Rows(task, 600), Some.Rows(task, 200, seed: 9));
        using var model = Quick(name, 20).Fit(train, null, Some.Context);
        var predicted = model.Predict(test);
        Assert.Equal(test.Answers.Outputs, predicted.Outputs);
        Assert.All(predicted.Values.Values.ToArray(), x => Assert.True(float.IsFinite(x)));
        Assert.InRange(Error(predicted, test.Answers), 0, 0.6 * Error(Mean(train.Answers, 200), test.Answers));
    }

    [Theory, MemberData(nameof(Names))]
    public void Same_seed_same_bytes_and_another_seed_others(string name)
    {
        var rows = Some.Rows(TaskKind.Binary);
        Assert.Equal(Predict(name, rows, 1), Predict(name, rows, 1));
        Assert.NotEqual(Predict(name, rows, 1), Predict(name, rows, 2));
    }

    [Theory, MemberData(nameof(Names))]
    public void Trainings_side_by_side_do_not_disturb_each_other(string name)
    {
        var rows = Some.Rows(TaskKind.Regression);
        var alone = Enumerable.Range(0, 4).Select(s => Predict(name, rows, s, threads: 1)).ToArray();
        var beside = new float[4][];
        Parallel.For(0, 4, s => beside[s] = Predict(name, rows, s, threads: 1));
        Assert.Equal(alone, beside);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_loaded_model_predicts_as_the_saved_one(string name)
    {
        var rows = Some.Rows(TaskKind.Multiclass);
        var folder = Directory.CreateTempSubdirectory().FullName;
        using var model = Quick(name).Fit(rows, null, Some.Context);
        model.Save(folder);
        using var loaded = Quick(name).Load(folder, Some.Context);
        Assert.Equal(model.Predict(rows).Values.Values.ToArray(), loaded.Predict(rows).Values.Values.ToArray());
        Directory.Delete(folder, recursive: true);
    }

    [Theory, MemberData(nameof(Names))]
    public void Few_rows_are_enough(string name)
    {
        foreach (var count in new[] { 1, 2, 65 })
        {
            var rows = Some.Rows(TaskKind.Regression).Take(..count);
            using var model = Quick(name).Fit(rows, null, Some.Context);
            Assert.All(model.Predict(rows).Values.Values.ToArray(), x => Assert.True(float.IsFinite(x)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_table_without_usable_columns_gives_the_mean(string name)
    {
        var rows = Some.Rows(TaskKind.Regression);
        var bare = rows.WithColumns([new TextColumn("t", new string?[rows.Rows])]);
        using var model = Quick(name).Fit(bare, null, Some.Context);
        // Batch norm, several in a row, divides what its running mean lags behind by almost nothing where no row differs: how far off that is is chance.
        Assert.Equal(rows.Answers.Learned.Values.ToArray().Average(), model.Predict(bare)[0, 0], name == "resnet" ? 20f : 3f);
    }

    [Theory, MemberData(nameof(Names))]
    public void Unseen_levels_and_other_codes_are_no_error(string name)
    {
        var rows = Some.Rows(TaskKind.Binary);
        using var model = Quick(name).Fit(rows, null, Some.Context);
        var renamed = rows.WithColumns(rows.Columns.Select(c => c is CategoryColumn
            ? new CategoryColumn("c", ((CategoryColumn)c).Codes.ToArray().Select(x => x < 0 ? 0 : x + 1).ToArray(), ["new", "w", "x", "y", "z"]) : c));
        var complete = Enumerable.Range(0, rows.Rows).Where(i => !rows["c"].IsMissing(i)).ToArray();
        Assert.Equal(model.Predict(rows.Take(complete)).Values.Values.ToArray(), model.Predict(renamed.Take(complete)).Values.Values.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void No_tensor_is_left_alive(string name)
    {
        Libtorch.Load();
        var rows = Some.Rows(TaskKind.Binary);
        Predict(name, rows, 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var (train, validation) = (rows.Take(..200), rows.Take(200..));
        var folder = Directory.CreateTempSubdirectory().FullName;
        using (var model = Quick(name).Fit(train, validation, Some.Context))
        {
            model.Predict(rows);
            model.Save(folder);
            using var loaded = Quick(name).Load(folder, Some.Context);
            loaded.Predict(rows);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_cancelled_training_ends_at_once_and_leaves_no_tensor()
    {
        Libtorch.Load();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using var cancel = new CancellationTokenSource();
        var context = Some.Context with { Cancel = cancel.Token, Progress = new Immediately(p => { if (p.Done > 0.3) cancel.Cancel(); }) };
        Assert.Throws<OperationCanceledException>(() => Quick("mlp").Fit(Some.Rows(TaskKind.Binary), null, context));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_rate_that_is_far_too_high_is_a_sentence()
    {
        var error = Assert.Throws<InputException>(() => new Mlp { LearningRate = 1e30 }.Fit(Some.Rows(TaskKind.Regression), null, Some.Context));
        Assert.Contains("learning rate", error.Message);
    }

    [Fact]
    public void Exactly_the_epochs_asked_for_and_a_curve_of_each()
    {
        var rows = Some.Rows(TaskKind.Binary);
        using var model = new Mlp().Fit(rows, rows, Some.Context with { Iterations = 3 });
        Assert.Equal(3, model.Record.Iterations);
        Assert.All(model.Record.Curves, c => Assert.Equal(3, c.Values.Count));
    }

    [Fact]
    public void Noisy_views_differ_a_little_from_the_plain_prediction_and_are_the_same_again()
    {
        var rows = Some.Rows(TaskKind.Regression);
        using var model = (IViewsRows)new Mlp { Epochs = 5, Views = new() { Noise = 0.02 } }.Fit(rows, null, Some.Context);
        var plain = model.Predict(rows).Values.Values.ToArray();
        float[] View(int view) => model.PredictView(rows, view).Values.Values.ToArray();
        Assert.Equal((4, 0.25), (model.Views, model.PlainShare));
        Assert.Equal(View(1), View(1));
        Assert.NotEqual(View(0), View(1));
        var apart = View(0).Zip(plain).Average(p => Math.Abs(p.First - p.Second));
        Assert.InRange(apart, 0.01, 0.2 * plain.Average(p => Math.Abs(p - plain.Average())));
    }

    [Fact]
    public void Learners_with_equal_settings_are_equal() => Assert.Equal(new Mlp { Hidden = [32] }, new Mlp { Hidden = [32] });

    static float[] Predict(string name, Dataset rows, int seed, int threads = 1)
    {
        using var model = Quick(name, 3).Fit(rows, null, Some.Context with { Seed = seed, Threads = threads });
        return model.Predict(rows).Values.Values.ToArray();
    }

    static Predictions Mean(TargetValues answers, int rows)
    {
        var learned = answers.Learned;
        var row = answers.Task == TaskKind.Multiclass
            ? Enumerable.Range(0, answers.Outputs).Select(k => learned.Values.ToArray().Count(x => x == k) / (float)learned.Rows).ToArray()
            : answers.Task == TaskKind.Quantile ? [.. Enumerable.Repeat(learned.Values.ToArray().Average(), 3)]
            : Enumerable.Range(0, learned.Columns).Select(c => learned.Column(c).ToArray().Average()).ToArray();
        return new(OutputKind.Values, new(Enumerable.Repeat(row, rows).SelectMany(r => r).ToArray(), row.Length));
    }

    // Squared error against 0/1 or the number; of quantiles the middle one.
    static double Error(Predictions predicted, TargetValues answers)
    {
        var sum = 0.0;
        for (var i = 0; i < predicted.Rows; i++)
            for (var k = 0; k < predicted.Outputs; k++)
            {
                if (answers.Task == TaskKind.Quantile && k != 1) continue;
                var truth = answers.Task switch
                {
                    TaskKind.Multiclass => answers.Learned[i, 0] == k ? 1 : 0,
                    TaskKind.Quantile => answers.Learned[i, 0],
                    _ => answers.Learned[i, k],
                };
                sum += Math.Pow(predicted[i, k] - truth, 2);
            }
        return sum;
    }

    sealed class Immediately(Action<FitProgress> hear) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => hear(value);
    }
}
