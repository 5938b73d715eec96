using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning.Explaining;

static class Known
{
    public static TargetValues Binary(params float[] truth) => new(Target.Binary("Survived"), new(truth, 1), ["died", "lived"]);

    public static TargetValues Numbers(params float[] truth) => new(Target.Number("Price"), new(truth, 1));

    public static Predictions Chances(params float[] chances) => new(OutputKind.Probabilities, new(chances, 1));

    public static Predictions Values(params float[] values) => new(OutputKind.Values, new(values, 1));

    /// <summary>200 rows: y = 3 · Slope, Noise has no part in it; Port adds nothing but is there.</summary>
    public static Dataset Line()
    {
        var random = new Random(1);
        var slope = Enumerable.Range(0, 200).Select(_ => random.NextSingle()).ToArray();
        return new Dataset(
        [
            new NumberColumn("Slope", slope),
            new NumberColumn("Noise", slope.Select(_ => random.NextSingle()).ToArray()),
            new CategoryColumn("Port", slope.Select((_, i) => i % 4 == 0 ? 1 : 0).ToArray(), ["Southampton", "Cherbourg"]),
        ], Numbers([.. slope.Select(x => 3 * x)]));
    }

    /// <summary>Two folds over <see cref="Line"/> with a model that knows the line.</summary>
    public static IReadOnlyList<ExplainedFold> LineFolds()
    {
        var rows = Line();
        int[] even = [.. Enumerable.Range(0, 100).Select(i => 2 * i)], odd = [.. Enumerable.Range(0, 100).Select(i => 2 * i + 1)];
        return
        [
            new(new Fold(0, odd, even), new LineModel(), rows.Take(even)),
            new(new Fold(1, even, odd), new LineModel(), rows.Take(odd)),
        ];
    }

    public static double Rmse(Predictions predicted, int[] rows)
    {
        var truth = Line().Take(rows).Answers.Truth;
        return Math.Sqrt(Enumerable.Range(0, rows.Length).Average(i => Math.Pow(predicted[i, 0] - truth[i, 0], 2)));
    }

    public sealed class LineModel : IModel, IExplainable
    {
        public FitRecord Record => FitRecord.Nothing;

        public IReadOnlyList<string> Explained => ["Noise", "Slope"];

        public Predictions Predict(Dataset rows) => Values([.. rows.Number("Slope").ToArray().Select(x => 3 * x)]);

        public Matrix Contributions(Dataset rows) =>
            new(rows.Number("Slope").ToArray().SelectMany(x => new[] { 0, 3 * x - 1.5f, 1.5f }).ToArray(), 3);

        public void Save(string folder) { }

        public void Dispose() { }
    }
}
