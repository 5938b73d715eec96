namespace Kaggle.Core.Learning;

/// <summary>A learner's scores on one experiment, out of fold.</summary>
/// <param name="ByFold">One a fold, of the seeds' mean prediction.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Sd">Their standard deviation (n − 1); 0 of one fold.</param>
/// <param name="Pooled">Of all judged rows at once.</param>
public sealed record LearnerScores(IReadOnlyList<double> ByFold, double Mean, double Sd, double Pooled)
{
    public static LearnerScores Of(IReadOnlyList<double> byFold, double pooled)
    {
        var mean = byFold.Average();
        var sd = byFold.Count < 2 ? 0 : Math.Sqrt(byFold.Sum(s => (s - mean) * (s - mean)) / (byFold.Count - 1));
        return new(byFold, mean, sd, pooled);
    }
}
