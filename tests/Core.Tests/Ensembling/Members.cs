using Kaggle.Core.Data;

namespace Kaggle.Tests.Core.Ensembling;

/// <summary>Answers, and members that know them more or less well.</summary>
static class Members
{
    public static (TargetValues Answers, Predictions[] Members) OfTwoClasses(int rows, params double[] noise)
    {
        var random = new Random(1);
        var truth = Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0 ? 1 : 0).ToArray();
        return (Some.Classes(truth), [.. noise.Select(much => new Predictions(OutputKind.Probabilities, new(
            Array.ConvertAll(truth, t => (float)(1 / (1 + Math.Exp(-(2 * t - 1.5 + much * Normal(random)))))), 1)))]);
    }

    public static (TargetValues Answers, Predictions[] Members) OfThreeClasses(int rows, params double[] noise)
    {
        var random = new Random(2);
        var truth = Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray();
        return (Some.Classes(truth), [.. noise.Select(much => new Predictions(OutputKind.Probabilities, new(truth.SelectMany(t =>
        {
            var raw = Enumerable.Range(0, 3).Select(code => Math.Exp((code == t ? 1.5 : 0) + much * Normal(random))).ToArray();
            return raw.Select(x => (float)(x / raw.Sum()));
        }).ToArray(), 3)))]);
    }

    public static (TargetValues Answers, Predictions[] Members) OfNumbers(int rows, Scale scale, params double[] noise)
    {
        var random = new Random(3);
        var truth = Enumerable.Range(0, rows).Select(_ => (float)Math.Exp(1 + Normal(random))).ToArray();
        return (new(Target.Number("y", scale), new(truth, 1)), [.. noise.Select(much => new Predictions(OutputKind.Values, new(
            Array.ConvertAll(truth, t => (float)(t * Math.Exp(much * Normal(random)))), 1)))]);
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
