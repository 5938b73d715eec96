using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using LightGbmLearner = Kaggle.Baselines.Boosting.LightGbm;

namespace Kaggle.Benchmarks.LightGbm;

/// <summary>5-fold cross-validation: 300 trees of 31 leaves, rate 0.05, at least 20 rows a leaf, native categories, two threads.</summary>
static class AdultBenchmark
{
    const int Threads = 2, Repeats = 3;

    public static int Run(string folder)
    {
        var all = Adult.Read(folder);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var watch = Stopwatch.StartNew();
            var auc = CrossValidate(all, new() { Rounds = 300, Leaves = 31, LearningRate = 0.05, MinRowsInLeaf = 20 }, out var training);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"this project           {watch.Elapsed.TotalSeconds:0.00} s (fits {training:0.00} s), AUC {auc:0.0000}"));
        }
        return 0;
    }

    static double CrossValidate(Dataset all, LightGbmLearner learner, out double training)
    {
        using var share = new RunShare();
        var context = new FitContext { Threads = Threads, Seed = 1, Share = share };
        var scores = new float[all.Rows];
        training = 0;
        foreach (var (train, validation) in Adult.Split(all))
        {
            var start = Stopwatch.GetTimestamp();
            using var model = learner.Fit(train, null, context);
            training += Stopwatch.GetElapsedTime(start).TotalSeconds;
            var predicted = model.Predict(validation);
            for (var i = 0; i < predicted.Rows; i++) scores[validation.RowIndex[i]] = predicted[i, 0];
        }
        return Auc(all.Answers.Truth.Values.Span, scores);
    }

    static double Auc(ReadOnlySpan<float> truth, float[] scores)
    {
        var answers = truth.ToArray();
        Array.Sort((float[])scores.Clone(), answers);
        double below = 0, pairs = 0, positives = 0;
        foreach (var answer in answers)
            if (answer == 1) (pairs, positives) = (pairs + below, positives + 1);
            else below++;
        return pairs / (positives * below);
    }
}
