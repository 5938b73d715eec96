using System.Diagnostics;
using System.Globalization;
using Kaggle.Baselines.Text;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;

namespace Kaggle.Benchmarks.Texts;

/// <summary>TF-IDF of words and pairs, then logistic regression, beside scikit-learn on the same texts in the same minutes.</summary>
static class TextBenchmark
{
    const int Rounds = 3;

    public static int Run(int rows)
    {
        var (texts, labels) = ShortTexts.Make(rows + rows / 5);
        var target = Target.Binary("y");
        var all = new Dataset([new TextColumn("text", texts)], new(target, new(labels, 1), ["no", "yes"]));
        var (train, later) = (all.Take(..rows), all.Take(rows..));
        var learner = new TextLogistic { C = 1, Features = new() { TfIdf = new() { Cleaning = new(), Letters = null, Symbols = false } } };
        using var peer = Peer.Start(texts, labels, rows);
        var took = new List<(double Clock, double Work)>();
        var peers = new List<(double Clock, double Work)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            using var model = learner.Fit(train, null, new() { Threads = Environment.ProcessorCount });
            var (fitted, work) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
            var score = Metrics.LogLoss.Score(later.Answers.Truth, model.Predict(later).Values, default);
            Say(round == 0 ? "this project, code still uncompiled" : "this project", fitted, work, score);
            if (round > 0) took.Add((fitted, work));
            if (peer?.Fit() is not { } said) continue;
            Console.WriteLine($"{"scikit-learn",-36} {said}");
            if (round > 0) peers.Add(Peer.Seconds(said));
        }
        if (peers.Count > 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"medians of {Rounds}: {Median(peers, p => p.Clock) / Median(took, t => t.Clock):0.0} times by the clock, {Median(peers, p => p.Work) / Median(took, t => t.Work):0.0} by processor seconds"));
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var chances = MlNetTexts.Fit(texts, labels, rows);
        Say("ML.NET's featuriser, prediction too", clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds, Metrics.LogLoss.Score(later.Answers.Truth, new(chances, 1), default));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of this process {Environment.WorkingSet >> 20} MB now, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most"));
        return 0;
    }

    static double Median(List<(double Clock, double Work)> rounds, Func<(double Clock, double Work), double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);

    static void Say(string who, double seconds, double work, double loss) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{who,-36} fit {seconds:0.00} s, {work:0.00} CPU s; log loss of later texts {loss:0.00000}"));

    /// <summary>A Python process that fits each time it is asked.</summary>
    sealed class Peer : IDisposable
    {
        const string Script =
            """
            import sys, time
            from sklearn.feature_extraction.text import TfidfVectorizer
            from sklearn.linear_model import LogisticRegression
            from sklearn.metrics import log_loss
            rows, file = int(sys.argv[1]), sys.argv[2]
            lines = [line.rstrip("\n").split("\t") for line in open(file, encoding="utf-8")]
            texts, labels = [t for _, t in lines], [int(y) for y, _ in lines]
            print("ready", flush=True)
            for _ in sys.stdin:
                started, worked = time.perf_counter(), time.process_time()
                vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode")
                model = LogisticRegression(C=1, max_iter=1000).fit(vectorizer.fit_transform(texts[:rows]), labels[:rows])
                took, work = time.perf_counter() - started, time.process_time() - worked
                loss = log_loss(labels[rows:], model.predict_proba(vectorizer.transform(texts[rows:]))[:, 1])
                print(f"fit {took:.2f} s, {work:.2f} CPU s; log loss of later texts {loss:.5f}, {len(vectorizer.vocabulary_)} features", flush=True)
            """;

        readonly Process process;
        readonly string file;

        Peer(Process process, string file) => (this.process, this.file) = (process, file);

        /// <returns>Null when there is no Python with scikit-learn.</returns>
        public static Peer? Start(string?[] texts, float[] labels, int rows)
        {
            var file = Path.GetTempFileName();
            File.WriteAllLines(file, texts.Zip(labels, (text, label) => $"{label}\t{text}"));
            foreach (var python in new[] { "/usr/bin/python3", "python3" })
                try
                {
                    var process = System.Diagnostics.Process.Start(new ProcessStartInfo(python, ["-c", Script, rows.ToString(CultureInfo.InvariantCulture), file])
                    {
                        RedirectStandardInput = true, RedirectStandardOutput = true,
                    })!;
                    if (process.StandardOutput.ReadLine() == "ready") return new(process, file);
                }
                catch (System.ComponentModel.Win32Exception) { }             // not this one
            Console.WriteLine("python3 with scikit-learn was not found: no peer to compare with");
            return null;
        }

        /// <returns>What its line says of the clock and of the processor.</returns>
        public static (double Clock, double Work) Seconds(string said)
        {
            var numbers = said.Split(' ');
            return (double.Parse(numbers[1], CultureInfo.InvariantCulture), double.Parse(numbers[3], CultureInfo.InvariantCulture));
        }

        public string? Fit()
        {
            process.StandardInput.WriteLine();
            return process.StandardOutput.ReadLine();
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
            File.Delete(file);
        }
    }
}
