using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using LightGbmLearner = Kaggle.Baselines.Boosting.LightGbm;

namespace Kaggle.Benchmarks.LightGbm;

/// <summary>5-fold cross-validation: 300 trees of 31 leaves, rate 0.05, at least 20 rows a leaf, native categories, on two cores.</summary>
/// <remarks>Two folds at once with a thread each, as a run trains tables of this size, and one after the other with two threads; the peers likewise.</remarks>
static class AdultBenchmark
{
    const int Cores = 2, Repeats = 3;

    static readonly LightGbmLearner Learner = new()
    {
        Rounds = 300, Leaves = 31, LearningRate = 0.05, MinRowsInLeaf = 20,
        Stop = null, ColumnFraction = 1, RowFraction = 1, L2 = 0, MinRowsOfLevel = 100,     // LightGBM's own defaults, as the peers get theirs
    };

    /// <param name="folder">Holds train.csv and test.csv.</param>
    public static int Run(string folder)
    {
        var all = Adult.Read(folder);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var training = new Stopwatch();
            Time("this project, folds side by side", all, rows => CrossValidate(rows, Cores));
            Time("this project", all, rows => CrossValidate(rows, 1));
            Time("bare native loop", all, rows => BareLoop.CrossValidate(rows, Cores, training));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  of it training",-34} {training.Elapsed.TotalSeconds:0.00} s"));
            WholeRun(folder);
        }
        return Peers(folder);
    }

    /// <summary>A competition's run as a process of its own, its start included; in turn with the others, since machines are not the same from minute to minute.</summary>
    static void WholeRun(string folder)
    {
        var room = Directory.CreateTempSubdirectory("adult-").FullName;
        try
        {
            AdultRun.Prepare(folder, Path.Combine(room, "data"));
            var (watch, started, output) = (Stopwatch.StartNew(), DateTime.UtcNow, Path.Combine(room, "out"));
            using var run = Process.Start(Environment.ProcessPath!, ["adult-run", Path.Combine(room, "data"), output]);
            run.WaitForExit();
            var whole = watch.Elapsed.TotalSeconds;
            // It is written once more when all folds are done; the explanations and the report come after it.
            var submission = Directory.GetFiles(output, "submission.csv", SearchOption.AllDirectories).Max(File.GetLastWriteTimeUtc) - started;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{"whole run",-34} {submission.TotalSeconds:0.00} s from the process's start to its last submission, {whole:0.00} s with explanations and report"));
        }
        finally
        {
            Directory.Delete(room, recursive: true);
        }
    }

    /// <summary>What the process of <see cref="WholeRun"/> does.</summary>
    public static int RunOnce(string data, string output) => AdultRun.Run(data, output, Learner).GetAwaiter().GetResult();

    static void Time(string name, Dataset all, Func<Dataset, float[]> crossValidate)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var scores = crossValidate(all);
        var (seconds, cpu) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var auc = Kaggle.Core.Metrics.Metrics.Auc.Score(all.Answers.Truth.Values, scores);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {seconds:0.00} s (of the processors {cpu:0.00} s), AUC {auc:0.0000}"));
    }

    static float[] CrossValidate(Dataset all, int atOnce)
    {
        using var share = new RunShare();
        var context = new FitContext { Threads = Cores / atOnce, Seed = 1, Share = share };
        var scores = new float[all.Rows];
        var folds = new ConcurrentQueue<(Dataset Train, Dataset Validation)>(Adult.Split(all));
        Task.WaitAll(Enumerable.Range(0, atOnce).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning)));
        return scores;

        void Work()
        {
            while (folds.TryDequeue(out var fold))
            {
                using var model = Learner.Fit(fold.Train, null, context);
                var predicted = model.Predict(fold.Validation);
                for (var i = 0; i < predicted.Rows; i++) scores[fold.Validation.RowIndex[i]] = predicted[i, 0];
            }
        }
    }

    static int Peers(string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "lightgbm", "peers.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, folder, Repeats.ToString(CultureInfo.InvariantCulture)]);
        start.Environment["GOMP_SPINCOUNT"] = "10000";         // as LightGBM gets it here; their own default and 0 were slower for the peers too
        using var python = Process.Start(start)!;
        python.WaitForExit();
        return python.ExitCode;
    }
}
