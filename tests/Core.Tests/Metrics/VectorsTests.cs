using System.Text.Json;
using Kaggle.Core.Data;
using static Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Metrics;

/// <summary>Every metric against what scikit-learn 1.2.1 says of the same rows (make_vectors.py).</summary>
public class VectorsTests
{
    sealed record Vector(string Metric, string Case, float[][] Truth, float[][] Predicted, float[]? Weights, int[]? Groups, double Expected);

    static readonly Vector[] Vectors = JsonSerializer.Deserialize<Vector[]>(
        typeof(VectorsTests).Assembly.GetManifestResourceStream("metric vectors")!, JsonSerializerOptions.Web)!;

    public static IEnumerable<TheoryDataRow<string, string>> Cases => Vectors.Select(v => new TheoryDataRow<string, string>(v.Metric, v.Case)).DistinctBy(row => row.Data);

    [Theory, MemberData(nameof(Cases))]
    public void Agrees(string metric, string @case)
    {
        foreach (var vector in Vectors.Where(v => v.Metric == metric && v.Case == @case))
        {
            var score = ByName(metric).Score(Rows(vector.Truth), Rows(vector.Predicted), vector.Weights, vector.Groups);

            Assert.Equal(vector.Expected, score, 1e-9 * Math.Max(1, Math.Abs(vector.Expected)));
        }
    }

    [Fact]
    public void Every_metric_has_its_vectors() =>
        Assert.Empty(from known in All
                     let family = known.Name.Split('@')[0]
                     where !Vectors.Any(v => v.Metric.Split('@')[0] == family)
                     select known.Name);

    static Matrix Rows(float[][] rows) => new(rows.SelectMany(row => row).ToArray(), rows[0].Length);
}
