using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Metrics;

namespace Kaggle.Benchmarks.Tabular;

/// <summary>Learners on a table of the field, part by part; and the plain mean of each with the first.</summary>
static class ScoresBenchmark
{
    const int Threads = 1;

    /// <param name="table">A name that <see cref="JudgedTable.Of"/> knows.</param>
    /// <param name="folder">Holds the table's files.</param>
    /// <param name="parts">How many seeds or folds.</param>
    /// <param name="learners">As <see cref="NamedLearners.Of"/> reads them.</param>
    public static int Run(string table, string folder, int parts, IReadOnlyList<string> learners)
    {
        var judged = JudgedTable.Of(table, folder, parts);
        var scores = new Dictionary<string, List<double>>();
        using var share = new RunShare();
        foreach (var part in judged.Parts)
        {
            var scoring = Scoring.Plain(judged.Metric, part.Test.Answers);
            var context = new FitContext { Threads = Threads, Seed = part.Number, Metric = judged.Metric, Share = share };
            var all = new List<Predictions>();
            foreach (var text in learners)
            {
                var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var (predicted, stopped, record) = Predict(NamedLearners.Of(text), part, context);
                var cpu = Environment.CpuUsage.TotalTime - before;
                all.Add(predicted);
                var chosen = stopped is null ? "" : Invariant($"; {Scoring.Plain(judged.Metric, part.Stop.Answers).Score(stopped, part.Stop):0.00000} on the rows it stops on");
                Say(text, predicted, Invariant($"{watch.Elapsed.TotalSeconds:0.0} s, of the processors {cpu.TotalSeconds:0.0} s; {record.Iterations} epochs or trees{chosen}"));
                if (all.Count > 1) Say($"  {text} with {learners[0]}", Predictions.Mean([all[0], predicted]));
            }
            if (all.Count > 2) Say($"  mean of the others with {learners[0]}", Predictions.Mean([all[0], Predictions.Mean(all[1..])]));

            void Say(string name, Predictions predicted, string more = "")
            {
                var score = scoring.Score(predicted, part.Test);
                if (!scores.TryGetValue(name, out var list)) scores[name] = list = [];
                list.Add(score);
                Console.WriteLine(Invariant($"part {part.Number}  {score:0.00000}  {name}  {more}"));
            }
        }
        Summarise(judged.Metric, scores, learners[0]);
        return 0;
    }

    /// <returns>Of the rows to be judged on, and of those to stop on where it does: by these settings may be chosen.</returns>
    static (Predictions Test, Predictions? Stop, FitRecord) Predict(ILearner learner, JudgedPart part, FitContext context)
    {
        using var model = learner.StopsEarly ? learner.Fit(part.Train, part.Stop, context) : learner.Fit(part.Shown, null, context);
        return (Of(part.Test), learner.StopsEarly ? Of(part.Stop) : null, model.Record);

        Predictions Of(Dataset rows)
        {
            var predicted = model.Predict(rows);
            var scale = rows.Answers.Scale;
            return scale == Scale.Same || predicted.Kind != OutputKind.Values ? predicted : new(predicted.Kind, predicted.Values.Map(x => scale.Back(x)));
        }
    }

    static void Summarise(Metric metric, Dictionary<string, List<double>> scores, string first)
    {
        Console.WriteLine($"mean {metric.Name} of the parts, and in how many it is better than {first}:");
        foreach (var (name, list) in scores)
        {
            var better = list.Zip(scores[first]).Count(p => metric.IsBetter(p.First, p.Second));
            Console.WriteLine(Invariant($"{list.Average():0.00000}  {better} of {list.Count}  {name}"));
        }
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
