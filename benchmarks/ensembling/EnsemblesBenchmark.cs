using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Ensembling;
using Kaggle.Core.Validation;

namespace Kaggle.Benchmarks.Ensembling;

/// <summary>Every ensemble, cross-validated over five folds, with each member's gain: ten members that share some of their errors.</summary>
static class EnsemblesBenchmark
{
    const int Members = 10;

    public static int Run(int rows)
    {
        var random = new Random(1);
        var truth = Enumerable.Range(0, rows).Select(_ => random.Next(4) == 0 ? 1f : 0f).ToArray();
        var shared = truth.Select(_ => Normal(random)).ToArray();
        var members = Enumerable.Range(0, Members).Select(m => new Predictions(OutputKind.Probabilities, new(
            truth.Select((t, i) => (float)(1 / (1 + Math.Exp(1.5 - 2 * t - 0.8 * shared[i] - (0.3 + 0.05 * m) * Normal(random))))).ToArray(), 1))).ToArray();
        var train = new Dataset([], new TargetValues(Target.Binary("y"), new(truth, 1), ["0", "1"]));
        var folds = Folds.Stratified(5).Split(train);
        IEnsemble[] ensembles = [new MeanEnsemble(), new GreedyEnsemble(), new WeightedEnsemble(), new HillClimbing(), new Stacking(), new RankMean()];
        foreach (var ensemble in ensembles)
            foreach (var gains in new[] { false, true })
            {
                var watch = Stopwatch.StartNew();
                var fitted = CrossValidatedEnsemble.Fit(ensemble, members, train, folds, Core.Metrics.Metrics.Auc, gains: gains, threads: Environment.ProcessorCount);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{ensemble.Name}, {Members} members, {rows} rows, {(gains ? "with gains" : "no gains")}: {watch.Elapsed.TotalSeconds:0.0} s, AUC {fitted.Score:0.00000}"));
            }
        return 0;
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
