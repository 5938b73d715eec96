namespace Kaggle.Core.Learning.Explaining;

/// <summary>One class against the rest.</summary>
/// <param name="Name">The class.</param>
/// <param name="Rows">How many rows are of it.</param>
/// <param name="Precision">Of the rows decided for it, the share that is; null when none was.</param>
/// <param name="Recall">Of its rows, the share decided for it.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Auc">Area under <paramref name="Roc"/>; null when the class, or its opposite, is absent.</param>
/// <param name="AveragePrecision">Σ (recall step) · precision.</param>
/// <param name="Brier">Mean square of chance minus truth; null when the scores are no chances.</param>
/// <param name="Roc">x: false positive rate, y: true positive rate; thinned to few points, the area being that of all.</param>
/// <param name="PrecisionRecall">x: recall, y: precision; likewise.</param>
/// <param name="Calibration">The chance given against the share found; null when the scores are no chances.</param>
/// <param name="Chances">How the chances of the class's rows and of the others spread; null likewise.</param>
public sealed record ClassCurves(
    string Name, int Rows, double? Precision, double? Recall, double? F1, double? Auc, double? AveragePrecision, double? Brier,
    IReadOnlyList<CurvePoint> Roc, IReadOnlyList<CurvePoint> PrecisionRecall, Calibration? Calibration, ChanceSpread? Chances)
{
    /// <summary>As many points as a curve on a page can show.</summary>
    const int MostPoints = 160;

    /// <param name="score">Rises with the chance of the class; null when there is none to make curves of.</param>
    /// <param name="chances">Whether the scores are chances.</param>
    internal static ClassCurves Of(string name, int[] rows, Func<int, bool> isOf, Func<int, bool> decidedFor, Func<int, float>? score, bool chances)
    {
        var truth = Array.ConvertAll(rows, i => isOf(i));
        var positives = truth.Count(t => t);
        int decided = rows.Count(decidedFor), hits = rows.Count(i => isOf(i) && decidedFor(i));
        double? precision = decided == 0 ? null : (double)hits / decided;
        double? recall = positives == 0 ? null : (double)hits / positives;
        double? f1 = decided + positives == 0 ? null : 2.0 * hits / (decided + positives);
        if (score is null || positives == 0 || positives == rows.Length)
            return new(name, positives, precision, recall, f1, null, null, null, [], [], null, null);

        var scores = Array.ConvertAll(rows, i => (double)score(i));
        var (roc, precisionRecall) = Curves(truth, scores, positives);
        var (auc, average) = (0.0, 0.0);
        for (var i = 1; i < roc.Count; i++)
        {
            auc += (roc[i].X - roc[i - 1].X) * (roc[i].Y + roc[i - 1].Y) / 2;
            average += (precisionRecall[i].X - precisionRecall[i - 1].X) * precisionRecall[i].Y;
        }
        return new(name, positives, precision, recall, f1, auc, average,
            chances ? scores.Zip(truth, (p, t) => (p - (t ? 1 : 0)) * (p - (t ? 1 : 0))).Average() : null,
            Thinned(roc), Thinned(precisionRecall),
            chances ? Calibration.Of(scores, truth) : null,
            chances ? ChanceSpread.Of(scores, truth) : null);
    }

    // One point a distinct score, from the highest down, after the start at no row at all.
    static (List<CurvePoint> Roc, List<CurvePoint> PrecisionRecall) Curves(bool[] truth, double[] scores, int positives)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(scores.ToArray(), order);
        Array.Reverse(order);
        List<CurvePoint> roc = [new(0, 0)], precisionRecall = [new(0, 1)];
        int hits = 0, negatives = truth.Length - positives;
        for (var i = 0; i < order.Length; i++)
        {
            if (truth[order[i]]) hits++;
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]]) continue;
            roc.Add(new((double)(i + 1 - hits) / negatives, (double)hits / positives));
            precisionRecall.Add(new((double)hits / positives, (double)hits / (i + 1)));
        }
        return (roc, precisionRecall);
    }

    /// <returns>Points about equally far apart along the curve, first and last among them.</returns>
    static IReadOnlyList<CurvePoint> Thinned(List<CurvePoint> points)
    {
        if (points.Count <= MostPoints) return points;
        var length = 0.0;
        for (var i = 1; i < points.Count; i++) length += Step(points[i - 1], points[i]);
        List<CurvePoint> kept = [points[0]];
        var since = 0.0;
        for (var i = 1; i < points.Count - 1; i++)
        {
            since += Step(points[i - 1], points[i]);
            if (since < length / (MostPoints - 2)) continue;
            kept.Add(points[i]);
            since = 0;
        }
        kept.Add(points[^1]);
        return kept;
    }

    static double Step(CurvePoint a, CurvePoint b) => Math.Abs(b.X - a.X) + Math.Abs(b.Y - a.Y);
}

public readonly record struct CurvePoint(double X, double Y);

/// <param name="Positives">(20 bins of 0 to 1) rows of the class.</param>
/// <param name="Negatives">(20 bins) the other rows.</param>
public sealed record ChanceSpread(IReadOnlyList<int> Positives, IReadOnlyList<int> Negatives)
{
    const int Bins = 20;

    internal static ChanceSpread Of(double[] chances, bool[] truth)
    {
        var (of, others) = (new int[Bins], new int[Bins]);
        for (var i = 0; i < chances.Length; i++)
            (truth[i] ? of : others)[Math.Clamp((int)(chances[i] * Bins), 0, Bins - 1)]++;
        return new(of, others);
    }
}
