using Kaggle.Baselines.Bagging;
using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Bagging;

public class SeedBagTests
{
    static readonly Dataset rows = Rows(1);

    [Fact]
    public void A_bag_says_the_mean_of_its_seeds()
    {
        var forest = new RandomForest { Trees = 3 };
        using var bag = new SeedBag(forest) { Seeds = 3 }.Fit(rows, null, new() { Seed = 4 });
        var alone = new[] { 4, 4 + 7919, 4 + 2 * 7919 }.Select(seed =>
        {
            using var model = forest.Fit(rows, null, new() { Seed = seed });
            return model.Predict(rows).Values.Values.ToArray();
        }).ToArray();
        Assert.NotEqual(alone[0], alone[1]);
        Assert.All(bag.Predict(rows).Values.Values.ToArray().Select((v, i) => (v, Mean: alone.Average(a => a[i]))), p => Assert.Equal(p.Mean, p.v, 1e-5));
    }

    [Fact]
    public void Several_seeds_err_less_than_one()
    {
        var test = Rows(2);
        double Error(ILearner learner)
        {
            using var model = learner.Fit(rows, null, new() { Seed = 4 });
            return model.Predict(test).Values.Values.ToArray().Zip(test.Answers.Learned.Values.ToArray()).Average(p => Math.Pow(p.First - p.Second, 2));
        }
        var forest = new RandomForest { Trees = 1 };
        Assert.InRange(Error(new SeedBag(forest) { Seeds = 8 }), 0, 0.9 * Error(forest));
    }

    [Fact]
    public void Progress_goes_through_all_of_its_parts()
    {
        var heard = new List<FitProgress>();
        using var bag = new SeedBag(new Telling()) { Seeds = 2 }.Fit(rows, null, new() { Progress = new Immediately(heard.Add) });
        Assert.Equal([(0.25, "1 of 2, half"), (0.75, "2 of 2, half")], heard.Select(p => (p.Done, p.Note!)));
    }

    static Dataset Rows(int seed)
    {
        var random = new Random(seed);
        var x = Enumerable.Range(0, 300).Select(_ => random.NextSingle()).ToArray();
        return new([new NumberColumn("x", x)], new TargetValues(Target.Number("y"), new(x.Select(v => (float)Math.Sin(6 * v) + random.NextSingle()).ToArray(), 1)));
    }

    sealed class Immediately(Action<FitProgress> hear) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => hear(value);
    }

    sealed record Telling : ILearner
    {
        public string Name => "telling";

        public ColumnKind Uses => ColumnKind.Number;

        public bool StopsEarly => false;

        public bool Learns(TaskKind task) => true;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context)
        {
            context.Progress?.Report(new(0.5, "half"));
            return new RandomForest { Trees = 1 }.Fit(train, validation, new());
        }

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();
    }
}
