using System.Collections.Concurrent;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning;

public sealed class CrossValidationTests : IDisposable
{
    static readonly Metric MeanError = new("mean error", HigherIsBetter: false, Need.Values, (truth, predicted, _, _) =>
        Enumerable.Range(0, truth.Rows).Average(i => Math.Abs(truth[i, 0] - (double)predicted[i, 0])));

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_row_is_predicted_by_a_model_that_did_not_see_it()
    {
        var oof = await Run(new MeanOfOthers());

        // The mean of the rows outside the row's own fold, worked out again.
        var folds = Some().Folds;
        foreach (var fold in folds)
            foreach (var row in fold.Validation)
                Assert.Equal((float)fold.Train.Average(i => (double)i), oof.Predictions[row, 0]);
        Assert.Equal(20, oof.Covered.Length);
    }

    [Fact]
    public async Task A_second_call_computes_nothing_again()
    {
        var learner = new MeanOfOthers();
        var first = await Run(learner);
        MeanOfOthers.Fits = 0;
        var second = await Run(learner);

        Assert.Equal(0, MeanOfOthers.Fits);
        Assert.Equal(first.Predictions.Values.Values.ToArray(), second.Predictions.Values.Values.ToArray());
    }

    [Fact]
    public async Task Units_that_a_stop_left_undone_are_all_that_a_second_call_does()
    {
        using var stop = new CancellationTokenSource();
        var learner = new MeanOfOthers();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(learner, stop: stop, after: 2));
        MeanOfOthers.Fits = 0;
        await Run(learner);
        Assert.Equal(3, MeanOfOthers.Fits);
    }

    [Fact]
    public async Task Two_runs_at_once_share_the_units()
    {
        MeanOfOthers.Fits = 0;
        var learner = new MeanOfOthers { Pause = 30 };
        var both = await Task.WhenAll(Task.Run(() => Run(learner)), Task.Run(() => Run(learner)));

        Assert.Equal(5, MeanOfOthers.Fits);
        Assert.Equal(both[0].Predictions.Values.Values.ToArray(), both[1].Predictions.Values.Values.ToArray());
    }

    [Fact]
    public async Task A_target_learned_as_a_logarithm_is_predicted_on_its_own_scale()
    {
        var oof = await Run(new MeanOfOthers(), Some(Scale.LogOfOnePlus));
        var fold = Some().Folds[0];
        Assert.Equal(Math.Exp(fold.Train.Average(i => Math.Log(1.0 + i))) - 1, oof.Predictions[fold.Validation[0], 0], 1e-4);
    }

    [Fact]
    public async Task A_learner_that_cannot_learn_is_named_with_its_fold()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => Run(new MeanOfOthers { Refuses = true }));
        Assert.Matches("MeanOfOthers, fold [1-5]: too few rows", error.Message);
    }

    [Fact]
    public async Task What_is_to_be_done_beside_the_units_is_done_once_with_a_unit_s_share_of_the_threads()
    {
        var threads = new ConcurrentQueue<int>();
        var listener = new Collector(null, int.MaxValue);
        var experiment = Some() with { Learners = [new MeanOfOthers()] };
        await new CrossValidation(experiment, new UnitStore(folder)).RunAsync(jobs: 2, threads: 4, listener, default, beside: context => threads.Enqueue(context.Threads));

        Assert.Equal([2], threads);
        Assert.Equal(5, listener.Units.Count);
    }

    [Fact]
    public async Task What_fails_beside_the_units_ends_the_run_with_its_sentence()
    {
        var experiment = Some() with { Learners = [new MeanOfOthers { Pause = 20 }] };
        var run = new CrossValidation(experiment, new UnitStore(folder));
        var error = await Assert.ThrowsAsync<InputException>(() =>
            run.RunAsync(jobs: 2, threads: 2, new Collector(null, int.MaxValue), default, beside: _ => throw new InputException("a picture is missing")));
        Assert.Equal("a picture is missing", error.Message);
    }

    [Fact]
    public void Another_name_is_the_same_unit_and_another_setting_is_not()
    {
        var experiment = Some();
        string Key(ILearner learner, int seed = 1, int fold = 0) => UnitKey.Of(experiment, learner, seed, experiment.Folds[fold]);

        Assert.Equal(Key(new MeanOfOthers()), Key(new MeanOfOthers { Name = "other" }));
        Assert.NotEqual(Key(new MeanOfOthers()), Key(new MeanOfOthers { Pause = 1 }));
        Assert.NotEqual(Key(new MeanOfOthers()), Key(new MeanOfOthers(), seed: 2));
        Assert.NotEqual(Key(new MeanOfOthers()), Key(new MeanOfOthers(), fold: 1));
    }

    async Task<OutOfFold> Run(MeanOfOthers learner, Experiment? experiment = null, CancellationTokenSource? stop = null, int after = int.MaxValue)
    {
        experiment = (experiment ?? Some()) with { Learners = [learner] };
        var listener = new Collector(stop, after);
        await new CrossValidation(experiment, new UnitStore(folder)).RunAsync(jobs: 1, threads: 1, listener, stop?.Token ?? default);
        return OutOfFold.Of(learner, listener.Units, experiment);
    }

    static Experiment Some(Scale scale = Scale.Same)
    {
        var values = Enumerable.Range(0, 20).Select(i => (float)i).ToArray();
        var train = new Dataset([new NumberColumn("x", values)], new(Target.Number("y", scale), new(values, 1)));
        var scheme = Folds.Shuffled(5, seed: 1);
        return new()
        {
            Train = train,
            Scheme = scheme,
            Folds = scheme.Split(train),
            Metric = MeanError,
            Learners = [],
            Packages = "",
            DataHash = ContentHash.Of(train, null),
        };
    }

    sealed class Collector(CancellationTokenSource? stop, int after) : IUnitObserver
    {
        public List<FinishedUnit> Units { get; } = [];

        public void Finished(FinishedUnit finished, bool cached)
        {
            Units.Add(finished);
            if (Units.Count == after) stop?.Cancel();
        }
    }

    sealed record MeanOfOthers : ILearner
    {
        public static int Fits;

        public string Name { get; init; } = nameof(MeanOfOthers);

        public int Pause { get; init; }

        public bool Refuses { get; init; }

        public ColumnKind Uses => ColumnKind.Number;

        public bool Learns(TaskKind task) => task == TaskKind.Regression;

        public bool StopsEarly => false;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context)
        {
            if (Refuses) throw new InputException("too few rows");
            Interlocked.Increment(ref Fits);
            Thread.Sleep(Pause);
            return new Constant((float)train.Answers.Learned.Values.ToArray().Average(x => (double)x));
        }

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();
    }

    sealed class Constant(float value) : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows) => new(OutputKind.Values, new(Enumerable.Repeat(value, rows.Rows).ToArray(), 1));

        public void Save(string folder) { }

        public void Dispose() { }
    }
}
