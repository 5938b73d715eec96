using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning;

public class TestTimeViewsTests
{
    static readonly float[] Truth = [.. Enumerable.Range(0, 20).Select(i => (float)i)];

    // Plain predictions are one too high. Views are so much lower each: four of them two lower blend to ¼ × 1 + ¾ × (−1) = −½.
    [Theory]
    [InlineData(2, true, 0.5)]
    [InlineData(-1, false, 1)]
    public async Task A_blend_of_views_counts_only_where_it_scores_better_out_of_fold(float lower, bool taken, double error)
    {
        var oof = await Run(new OneTooHigh { Lower = lower });
        Assert.Equal(taken, oof.Views!.Taken);
        Assert.Equal(1, oof.Views.Plain, 1e-6);
        Assert.Equal(Math.Abs(1 - 0.75 * lower), oof.Views.Blended, 1e-6);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(error, Math.Abs(oof.Predictions[i, 0] - Truth[i]), 1e-5));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(error, Math.Abs(oof.Test![i, 0] - i), 1e-5));
    }

    [Fact]
    public async Task A_fold_gets_what_was_better_on_the_others()
    {
        // On the first fold alone views are far off; the other folds do not know that, and it must show in the score.
        var oof = await Run(new OneTooHigh { Lower = 2, Spoils = 0 });
        var first = Some().Folds[0].Validation;
        Assert.All(first, i => Assert.True(Math.Abs(oof.Predictions[i, 0] - Truth[i]) > 2));
        Assert.All(Enumerable.Range(0, 20).Except(first), i => Assert.Equal(1, Math.Abs(oof.Predictions[i, 0] - Truth[i]), 1e-5));
    }

    [Fact]
    public async Task A_learner_that_looks_in_one_way_alone_has_no_verdict() => Assert.Null((await Run(new OneTooHigh { Views = 0 })).Views);

    static async Task<OutOfFold> Run(OneTooHigh learner)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var experiment = Some() with { Learners = [learner] };
        var store = new UnitStore(folder);
        var listener = new Collector();
        await new CrossValidation(experiment, store).RunAsync(jobs: 1, threads: 1, listener, default);
        // As they are read back from their folders.
        var units = listener.Units.Select(u => u with { Result = store.Find(u.Unit.Key)! }).ToList();
        Directory.Delete(folder, recursive: true);
        return OutOfFold.Of(learner, units, experiment);
    }

    static Experiment Some()
    {
        var train = new Dataset([new NumberColumn("x", Truth)], new(Target.Number("y"), new(Truth, 1)));
        var scheme = Folds.Shuffled(5, seed: 1);
        return new()
        {
            Train = train, Test = new Dataset([new NumberColumn("x", new float[] { 0, 1, 2 })], null), Scheme = scheme, Folds = scheme.Split(train), Metric = Kaggle.Core.Metrics.Metrics.Mae, Learners = [], Packages = "",
            DataHash = ContentHash.Of(train, null),
        };
    }

    sealed class Collector : IUnitObserver
    {
        public List<FinishedUnit> Units { get; } = [];

        public void Finished(FinishedUnit finished, bool cached) => Units.Add(finished);
    }

    sealed record OneTooHigh : ILearner
    {
        public string Name => "one too high";

        public float Lower { get; init; }

        public int Views { get; init; } = 4;

        /// <summary>The fold whose views are far off.</summary>
        public int? Spoils { get; init; }

        public ColumnKind Uses => ColumnKind.Number;

        public bool Learns(TaskKind task) => true;

        public bool StopsEarly => false;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
            new Model(this, Spoils == context.Seed / 1000 ? 100 : 0);

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();

        sealed class Model(OneTooHigh learner, float spoilt) : IViewsRows
        {
            public FitRecord Record => FitRecord.Nothing;

            public int Views => learner.Views;

            public double PlainShare => 0.25;

            public Predictions Predict(Dataset rows) => Plus(rows, 1);

            public Predictions PredictView(Dataset rows, int view) => Plus(rows, 1 - learner.Lower + spoilt);

            public void Save(string folder) { }

            public void Dispose() { }

            static Predictions Plus(Dataset rows, float more) => new(OutputKind.Values, new(Array.ConvertAll(rows.Number("x").ToArray(), x => x + more), 1));
        }
    }
}
