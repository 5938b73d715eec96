using Kaggle.Core.Commands;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Learning;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Commands;

/// <summary>Two members, of which the first errs by 1 everywhere, and their mean by as much in each fold as a test says.</summary>
public class StandingTests
{
    const int Rows = 40;

    [Theory]
    [InlineData(0.9, 1.2, 0.9, 1.2, 0.95, true)]
    [InlineData(1.2, 1.25, 1.2, 1.3, 1.2, false)]
    [InlineData(0.1, 0.15, 0.1, 0.1, 0.15, true)]
    public async Task The_ensemble_is_submitted_unless_a_member_leads_it_by_more_than_noise(double first, double second, double third, double fourth, double fifth, bool ensemble)
    {
        var standing = await Standing(first, second, third, fourth, fifth);

        Assert.Equal(ensemble, standing.SubmitsEnsemble);
        Assert.Equal(ensemble ? "mean" : "one", standing.Best.Name);
        Assert.Equal(ensemble ? 15f : 1f, standing.Test!.Values[0, 0]);
    }

    [Fact]
    public async Task That_a_members_lead_was_taken_for_noise_is_said()
    {
        var doubt = (await Standing(0.9, 1.2, 0.9, 1.2, 0.95)).Doubt();
        Assert.Equal("ensemble-within-noise", doubt!.Code);
        Assert.Contains("one alone scores 0.03 better than mean", doubt.Sentence);
        Assert.NotEqual("ensemble-within-noise", (await Standing(1.2, 1.25, 1.2, 1.3, 1.2)).Doubt()?.Code);
    }

    static async Task<Standing> Standing(params double[] errorOfMean)
    {
        float[] truth = [.. Enumerable.Range(0, Rows).Select(i => (float)i)];
        var scheme = Folds.Shuffled(5, seed: 1);
        var target = new TargetValues(Target.Number("y"), new(truth, 1));
        var folds = scheme.Split(new([new NumberColumn("y", truth)], target));
        var two = new float[Rows];
        foreach (var fold in folds)
            foreach (var row in fold.Validation) two[row] = truth[row] + (float)(2 * errorOfMean[fold.Number] - 1);
        var train = new Dataset([new NumberColumn("one", Array.ConvertAll(truth, t => t + 1)), new NumberColumn("two", two)], target);
        var test = new Dataset([new NumberColumn("one", new float[] { 1 }), new NumberColumn("two", new float[] { 29 })], null);
        ILearner[] learners = [new Repeats("one"), new Repeats("two")];
        var experiment = new Experiment
        {
            Train = train, Test = test, Scheme = scheme, Folds = folds, Metric = Kaggle.Core.Metrics.Metrics.Mae, Learners = [.. learners], Packages = "", DataHash = ContentHash.Of(train, null),
        };
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var store = new UnitStore(folder.FullName);
            var done = new Collector();
            await new CrossValidation(experiment, store).RunAsync(jobs: 1, threads: 1, done, default);
            var members = learners.Select(learner => OutOfFold.Of(learner, [.. done.Units.Where(u => u.Unit.Learner.Name == learner.Name).Select(u => u with { Result = store.Find(u.Unit.Key)! })], experiment));
            return new(new Competition
            {
                Name = "Some", Question = "?", Target = target.Target, Metric = experiment.Metric, Folds = scheme, Learners = experiment.Learners, Ensemble = new MeanEnsemble(),
            }, experiment, [.. members]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    sealed class Collector : IUnitObserver
    {
        public List<FinishedUnit> Units { get; } = [];

        public void Finished(FinishedUnit finished, bool cached) => Units.Add(finished);
    }

    /// <summary>Says what a column says.</summary>
    sealed record Repeats(string Column) : ILearner
    {
        public string Name => Column;

        public ColumnKind Uses => ColumnKind.Number;

        public bool Learns(TaskKind task) => true;

        public bool StopsEarly => false;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context) => new Model(Column);

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();

        sealed class Model(string column) : IModel
        {
            public FitRecord Record => FitRecord.Nothing;

            public Predictions Predict(Dataset rows) => new(OutputKind.Values, new(rows.Number(column).ToArray(), 1));

            public void Save(string folder) { }

            public void Dispose() { }
        }
    }
}
