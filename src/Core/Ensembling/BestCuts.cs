using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Core.Ensembling;

/// <summary>The cuts between grades that score best: quadratic weighted kappa gains much by them.</summary>
/// <remarks>
/// The score is a step function of the cuts, full of plateaus. So each cut is tried at many places between its neighbours, in ever finer steps,
/// from two beginnings: halfway between grades, and where grades become as frequent as the answers.
/// </remarks>
public sealed record BestCuts : IDecisionRule
{
    public bool Fast => false;

    /// <summary>How many places are tried for a cut at once.</summary>
    public int Tried { get; init => field = Require.AtLeast(2, value); } = 24;

    public Decision Fit(Predictions predicted, Dataset rows, Metric metric)
    {
        var grades = Math.Max(rows.Answers.Classes.Length, 1 + (int)rows.Answers.Truth.Column(0).ToArray().Max());
        double Score(double[] cuts) => new Scoring(metric, new Rounded([.. cuts])).Score(predicted, rows);
        var best = Rounded.ToNearest(grades).Numbers.ToArray();
        var score = Score(best);
        foreach (var start in new[] { best, AsFrequent(predicted, rows.Answers, grades) })
        {
            var (found, reached) = Climb(start, Score, metric, predicted);
            if (metric.IsBetter(reached, score)) (best, score) = (found, reached);
        }
        return new Rounded([.. best]);
    }

    static double[] AsFrequent(Predictions predicted, TargetValues answers, int grades)
    {
        var values = predicted.Values.Values.ToArray();
        var truth = answers.Truth.Column(0).ToArray();
        Array.Sort(values);
        Array.Sort(truth);
        var cuts = new double[grades - 1];
        for (var cut = 0; cut < cuts.Length; cut++)
        {
            var below = truth.Count(grade => grade <= cut);
            cuts[cut] = below == 0 ? values[0] - 1e-3 : below == values.Length ? values[^1] + 1e-3 : (values[below - 1] + (double)values[below]) / 2;
        }
        return cuts;
    }

    (double[] Cuts, double Score) Climb(double[] start, Func<double[], double> score, Metric metric, Predictions predicted)
    {
        var values = predicted.Values.Values.ToArray();
        var (least, most) = ((double)values.Min(), (double)values.Max());
        var cuts = (double[])start.Clone();
        var best = score(cuts);
        for (var reach = 1.0; reach > 0.01; reach /= 3)
            for (var improved = true; improved;)
            {
                improved = false;
                for (var cut = 0; cut < cuts.Length; cut++)
                {
                    var (kept, found) = (cuts[cut], cuts[cut]);
                    var low = cut == 0 ? Math.Min(least, kept) : cuts[cut - 1];
                    var high = cut == cuts.Length - 1 ? Math.Max(most, kept) : cuts[cut + 1];
                    for (var i = 1; i < Tried; i++)
                    {
                        var place = low + (high - low) * i / Tried;
                        cuts[cut] = kept + reach * (place - kept);
                        var reached = score(cuts);
                        if (metric.IsBetter(reached, best)) (best, found, improved) = (reached, cuts[cut], true);
                    }
                    cuts[cut] = found;
                }
            }
        return (cuts, best);
    }
}
