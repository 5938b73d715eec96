using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Learning;

public class AdversarialValidationTests
{
    static readonly Random Random = new(3);

    static Dataset Rows(int rows, float shift) => new(
        [Drawn("same", rows, 0), Drawn("shifted", rows, shift), new CategoryColumn("level", new int[rows], ["a"])]);

    static NumberColumn Drawn(string name, int rows, float shift) => new(name, Enumerable.Range(0, rows).Select(_ => shift + Random.NextSingle()).ToArray());

    static FitContext Context => new() { Seed = 1, Cancel = TestContext.Current.CancellationToken };

    [Fact]
    public void Rows_drawn_alike_are_not_told_apart()
    {
        var found = AdversarialValidation.Fit(new Centroids(), Rows(400, 0), Rows(300, 0), Context);

        Assert.InRange(found.Auc, 0.4, 0.6);
        Assert.Null(found.Warn());
    }

    [Fact]
    public void What_tells_them_apart_is_named()
    {
        var found = AdversarialValidation.Fit(new Centroids(), Rows(400, 0), Rows(300, 0.7f), Context);

        Assert.True(found.Auc > 0.9);
        Assert.Equal("shifted", found.Columns[0].Column);
        Assert.Equal("warning", found.Warn()!.Severity);
        Assert.Contains("by 'shifted'", found.Warn()!.Sentence);
    }

    /// <summary>Nearer to the mean of which class, column by column: enough to tell a shift.</summary>
    sealed record Centroids : ILearner
    {
        public string Name => "centroids";

        public ColumnKind Uses => ColumnKind.Number;

        public bool StopsEarly => false;

        public bool Learns(TaskKind task) => task == TaskKind.Binary;

        public IModel Fit(Dataset train, Dataset? validation, FitContext context)
        {
            var truth = train.Answers.Truth;
            return new Model(train.Columns.OfType<NumberColumn>().ToDictionary(column => column.Name, column =>
            {
                var values = train.Number(column.Name).ToArray();
                return values.Where((_, row) => truth[row, 0] > 0).Average() - (double)values.Where((_, row) => truth[row, 0] == 0).Average();
            }));
        }

        public IModel Load(string folder, FitContext context) => throw new NotSupportedException();
    }

    sealed class Model(Dictionary<string, double> slopes) : IModel
    {
        public FitRecord Record => new() { Importance = slopes.ToDictionary(slope => slope.Key, slope => Math.Abs(slope.Value)) };

        public Predictions Predict(Dataset rows) => new(OutputKind.Probabilities, new(Enumerable.Range(0, rows.Rows)
            .Select(row => (float)slopes.Sum(slope => slope.Value * rows.Number(slope.Key).Span[row])).ToArray(), 1));

        public void Save(string folder) => throw new NotSupportedException();

        public void Dispose() { }
    }
}
