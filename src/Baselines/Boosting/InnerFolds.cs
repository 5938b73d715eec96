using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Validation;

namespace Kaggle.Baselines.Boosting;

/// <summary>Boosters of the inner folds of training rows, grown side by side until their mean loss no longer falls.</summary>
sealed class InnerFolds : IDisposable
{
    readonly List<(Booster Booster, ValidationScore Score, BinnedRows Train, BinnedRows Validation)> folds = [];
    readonly List<double> curve = [];
    readonly int patience;

    public InnerFolds(
        Dataset train, BinnedRows binned, float[]? weights, BoosterTask task, IEnumerable<Fold> parts, int patience, int threads,
        Func<ValidationScore, BoosterParameters> parameters)
    {
        this.patience = patience;
        var labels = train.Answers.Learned.Column(task.Target).Span;
        foreach (var fold in parts)
        {
            var score = ValidationScore.ByLoss(task, train.Take(fold.Validation));
            var (learned, held) = (Part(binned, fold.Train, labels, weights, threads), Part(binned, fold.Validation, labels, weights, threads));
            folds.Add((Booster.Of(learned, held, parameters(score)), score, learned, held));
        }
    }

    public string Name => folds[0].Score.Name;

    /// <summary>The mean loss after each tree.</summary>
    public IReadOnlyList<double> Curve => curve;

    /// <returns>The number of trees with the least mean loss.</returns>
    public int Search(int most, FitContext context)
    {
        var best = 0;
        while (curve.Count < most && curve.Count - 1 - best < patience)
        {
            context.Cancel.ThrowIfCancellationRequested();
            var grew = false;
            foreach (var (booster, score, _, _) in folds)
            {
                grew |= booster.Grow();
                score.Improves(booster);
            }
            curve.Add(folds.Average(f => f.Score.Curve[^1]));
            if (curve[^1] < curve[best]) best = curve.Count - 1;
            context.Progress?.Report(new(0, $"inner folds, tree {curve.Count}, {Name} {curve[^1].ToString("0.#####", CultureInfo.InvariantCulture)}"));
            if (!grew) break;
        }
        return best + 1;
    }

    /// <summary>What the outer folds keep apart (groups, time), the inner ones do too.</summary>
    /// <returns>Null when the rows cannot be divided so: a single group, a single day.</returns>
    public static IReadOnlyList<Fold>? Parts(Dataset train, EarlyStop stop, int seed)
    {
        var scheme = train switch
        {
            { Groups: not null } => Folds.Grouped(stop.InnerFolds, seed),
            { Time: not null } => Folds.TimeSeries(stop.InnerFolds),
            { Answers.Truth.Columns: > 1 } => Folds.Shuffled(stop.InnerFolds, seed),
            _ => Folds.Stratified(stop.InnerFolds, seed),
        };
        try
        {
            return [.. scheme.Split(train).TakeLast(stop.FoldsTried(train.Rows))];       // in time the last come nearest to what is to be predicted
        }
        catch (InputException)
        {
            return null;
        }
    }

    static BinnedRows Part(BinnedRows binned, int[] rows, ReadOnlySpan<float> labels, float[]? weights, int threads)
    {
        var part = binned.Subset(rows, threads);
        part.Set("label", Taken(labels, rows));
        if (weights is not null) part.Set("weight", Taken(weights, rows));
        return part;
    }

    static float[] Taken(ReadOnlySpan<float> values, int[] rows)
    {
        var taken = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = values[rows[i]];
        return taken;
    }

    public void Dispose()
    {
        foreach (var (booster, _, train, validation) in folds)
        {
            booster.Dispose();
            train.Dispose();
            validation.Dispose();
        }
    }
}
