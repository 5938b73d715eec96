using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Learning;

public class PseudoLabelledTests
{
    static readonly Target Kind = Target.Classes("y");

    static Dataset Rows(float[] x, float[]? y = null) => new([new NumberColumn("x", x)], y is null ? null : new(Kind, new(y, 1), ["a", "b", "c"]));

    /// <summary>Writes down what it is taught; of a row it says class x mod 3, the surer the larger the fraction of x.</summary>
    sealed record Noting(List<(float[] X, float[] Y)> Taught) : ILearner
    {
        public string Name => "noting";

        public ColumnKind Uses => ColumnKind.Number;

        public bool StopsEarly => false;

        public bool Learns(TaskKind task) => true;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context)
        {
            Taught.Add((train.Number("x").ToArray(), train.Answers.Truth.Values.ToArray()));
            return new Model();
        }

        public IModel Load(string folder, FitContext context) => new Model();

        sealed class Model : IModel
        {
            public FitRecord Record => FitRecord.Nothing;

            public Predictions Predict(Dataset rows) => new(OutputKind.Probabilities, new(rows.Number("x").ToArray().SelectMany(x =>
            {
                var chances = new[] { (1 - x % 1) / 2, (1 - x % 1) / 2, (1 - x % 1) / 2 };
                chances[(int)x % 3] = x % 1;
                return chances;
            }).ToArray(), 3));

            public void Save(string folder) { }

            public void Dispose() { }
        }
    }

    [Fact]
    public void It_learns_again_with_the_test_rows_that_it_was_sure_of()
    {
        var taught = new List<(float[] X, float[] Y)>();
        var train = Rows([10, 11, 12, 13], [0, 1, 2, 0]).Take([3, 0, 1]);

        new PseudoLabelled(new Noting(taught)) { LeastChance = 0.9 }.Fit(train, null, new() { Unlabelled = Rows([0.95f, 1.5f, 2.92f, 4.99f]) }).Dispose();

        Assert.Equal(2, taught.Count);
        Assert.Equal([13, 10, 11], taught[0].X);
        Assert.Equal([13, 10, 11, 0.95f, 2.92f, 4.99f], taught[1].X);
        Assert.Equal([0, 0, 1, 0, 2, 1], taught[1].Y);
    }

    [Fact]
    public void Without_test_rows_it_learns_once()
    {
        var taught = new List<(float[] X, float[] Y)>();
        new PseudoLabelled(new Noting(taught)).Fit(Rows([1, 2], [0, 1]), null, new()).Dispose();

        Assert.Single(taught);
    }

    [Fact]
    public void Its_settings_are_its_learners_and_its_own()
    {
        var plain = UnitKey.Settings(new PseudoLabelled(new Noting([]))).ToJsonString();

        Assert.NotEqual(plain, UnitKey.Settings(new PseudoLabelled(new Noting([])) { LeastChance = 0.95 }).ToJsonString());
    }

    [Fact]
    public void Numbers_are_not_its_business() => Assert.False(new PseudoLabelled(new Noting([])).Learns(TaskKind.Regression));
}
