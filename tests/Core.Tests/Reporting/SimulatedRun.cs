using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Metrics;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;
using Scores = Kaggle.Core.Metrics.Metrics;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>A run folder with all its files, of simulated rows and of learners that know the rows' law up to noise of their own.</summary>
public sealed class SimulatedRun
{
    public const string Hostile = "<script>alert('column')</script>";
    public const string HostileValue = "\"><img src=x onerror=alert(1)> & 'more'";

    static readonly (string Name, float Noise, double Seconds)[] Learners =
    [
        ("LightGbm", 0.9f, 4.1), ("TabM", 1f, 21.7), ("RandomForest", 1.2f, 3.2), ("Logistic", 1.4f, 0.31), ("NearestNeighbours", 2f, 0.9), ("Prior", 8, 0.01),
    ];

    readonly Dataset train, test;
    readonly AdditiveModel law;
    readonly Metric metric;
    readonly string question, name;
    readonly Random random = new(11);
    readonly IReadOnlyList<Fold> folds;

    SimulatedRun(string name, string question, Dataset train, Dataset test, AdditiveModel law, Metric metric)
    {
        (this.name, this.question, this.train, this.test, this.law, this.metric) = (name, question, train, test, law, metric);
        folds = train.Answers.Task == TaskKind.Regression ? new KFolds { Seed = 1 }.Split(train) : new StratifiedFolds().Split(train);
    }

    static readonly string[] Columns = ["Sex", "Pclass", "Age", "Fare", "Embarked", "Family", Hostile];

    public static SimulatedRun Binary(int rows = 891)
    {
        float Effect(string column, float value, int _) => column switch
        {
            "Sex" => value == 1 ? 1.6f : -1.1f,
            "Pclass" => (2 - value) * 0.9f,
            "Age" => float.IsNaN(value) ? -0.15f : value < 12 ? 1.3f : (32 - value) * 0.015f,
            "Fare" => MathF.Log(value + 1) * 0.25f - 0.7f,
            "Family" => value > 4 ? -1.4f : 0.1f,
            "Embarked" => value == 1 ? 0.3f : -0.05f,
            _ => 0,
        };
        var law = new AdditiveModel(Columns, 1, Effect, -0.5f, TaskKind.Binary);
        var random = new Random(5);
        var all = Passengers(rows + 418, random);
        var chances = law.Predict(all);
        var truth = Enumerable.Range(0, rows).Select(i => random.NextSingle() < chances[i, 0] ? 1f : 0).ToArray();
        var answers = new TargetValues(Target.Binary("Survived"), new(truth, 1), ["0", "1"]);
        return new("Titanic", "Which passengers survived the shipwreck?", all.Take(..rows).WithTarget(answers), all.Take(rows..), law, Scores.Accuracy);
    }

    public static SimulatedRun Multiclass(int rows = 700)
    {
        float Effect(string column, float value, int output) => (column, output) switch
        {
            ("Fare", 0) => MathF.Log(value + 1) * 1.1f - 3,
            ("Age", 0) => float.IsNaN(value) ? 0 : (value - 30) * 0.03f,
            ("Sex", 1) => value == 1 ? 0.8f : -0.5f,
            ("Family", 1) => value * 0.3f - 0.5f,
            ("Pclass", 2) => (value - 2) * 1.5f,
            _ => 0,
        };
        var law = new AdditiveModel(Columns, 3, Effect, 0, TaskKind.Multiclass);
        var random = new Random(6);
        var all = Passengers(rows + 200, random);
        var chances = law.Predict(all);
        var truth = Enumerable.Range(0, rows).Select(i => { var u = random.NextSingle(); return u < chances[i, 0] ? 0f : u < chances[i, 0] + chances[i, 1] ? 1 : 2; }).ToArray();
        var answers = new TargetValues(Target.Classes("Deck"), new(truth, 1), ["upper", "middle", HostileValue]);
        return new("Decks", "On which deck did they sleep?", all.Take(..rows).WithTarget(answers), all.Take(rows..), law, Scores.LogLoss);
    }

    public static SimulatedRun Regression(int rows = 900)
    {
        float Effect(string column, float value, int _) => column switch
        {
            "Fare" => MathF.Log(value + 1) * 0.3f,
            "Family" => value * 0.08f,
            "Pclass" => (2 - value) * 0.2f,
            "Age" => float.IsNaN(value) ? 0 : -0.004f * value,
            _ => 0,
        };
        var law = new AdditiveModel(Columns, 1, Effect, 11, TaskKind.Regression);
        var random = new Random(7);
        var all = Passengers(rows + 300, random);
        var truth = law.Raw(all)[..rows].Select(x => MathF.Exp(x + Normal(random) * 0.15f)).ToArray();
        return new("HousePrices", "What does this house sell for?", all.Take(..rows).WithTarget(new(Target.Number("SalePrice", Scale.Log), new(truth, 1))), all.Take(rows..), law, Scores.RmseOfLogs);
    }

    static Dataset Passengers(int rows, Random random)
    {
        float[] Draw(Func<float> one) => [.. Enumerable.Range(0, rows).Select(_ => one())];
        int[] Codes(Func<int> one) => [.. Enumerable.Range(0, rows).Select(_ => one())];
        return new(
        [
            new CategoryColumn("Sex", Codes(() => random.NextSingle() < 0.35 ? 1 : 0), ["male", "female"]),
            new NumberColumn("Pclass", Draw(() => random.NextSingle() switch { < 0.25f => 1, < 0.45f => 2, _ => 3 })),
            new NumberColumn("Age", Draw(() => random.NextSingle() < 0.2f ? float.NaN : MathF.Round(Math.Clamp(30 + 14 * Normal(random), 0.5f, 80)))),
            new NumberColumn("Fare", Draw(() => MathF.Round(MathF.Exp(2.7f + 0.9f * Normal(random)) * 100) / 100)),
            new CategoryColumn("Embarked", Codes(() => random.NextSingle() switch { < 0.7f => 0, < 0.89f => 1, < 0.99f => 2, _ => -1 }), ["Southampton", "Cherbourg", "Queenstown"]),
            new NumberColumn("Family", Draw(() => MathF.Floor(MathF.Exp(random.NextSingle() * 2)))),
            new CategoryColumn(Hostile, Codes(() => random.Next(2)), [HostileValue, "plain"]),
        ]);
    }

    static float Normal(Random random) => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());

    /// <summary>Writes run.json, analysis.json, folds.csv and the learners' out-of-fold predictions.</summary>
    /// <returns>What analysis.json holds.</returns>
    public RunAnalysis Write(string folder)
    {
        var answers = train.Answers;
        var members = Learners.Select(l => (l.Name, OutOfFold: Learned(l.Noise))).ToArray();
        var blend = Predictions.Mean([.. members[..4].Select(m => m.OutOfFold)]);
        var analysis = new Analyst
        {
            Train = train,
            Folds = folds,
            Metric = metric,
            Score = (predicted, rows) => Score(predicted, rows),
            Of = "GreedyEnsemble",
            Best = blend,
            Members = members,
            Explained = "LightGbm",
            Models = [.. folds.Select(f => new ExplainedFold(f, new FoldsModel(law, f.Number), train.Take(f.Validation)))],
            Records = [.. folds.SelectMany(f => new[] { ("LightGbm", 42, f.Number, Curves("auc", 300, 0.87, -0.25, f.Number)), ("TabM", 42, f.Number, Curves("log loss", 40, 0.42, 0.3, f.Number)) })],
            Columns = [.. train.Columns.Select(c => Profile(c.Name))],
            Ids = [.. Enumerable.Range(1, train.Rows).Select(i => $"{i}")],
        }.Analyse();

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, RunAnalysis.FileName), analysis.ToJson());
        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(Document(members, blend), new JsonSerializerOptions(JsonSerializerDefaults.Web)));
        var of = new int[train.Rows];
        foreach (var fold in folds) foreach (var row in fold.Validation) of[row] = fold.Number;
        File.WriteAllLines(Path.Combine(folder, "folds.csv"), of.Select((f, i) => $"{i + 1},{f}").Prepend("id,fold"));
        return analysis;
    }

    Predictions Learned(float noise)
    {
        var raw = law.Raw(train);
        var spread = answersScale();
        for (var i = 0; i < raw.Length; i++) raw[i] += Normal(random) * noise * spread;
        var predicted = AdditiveModel.Linked(raw, raw.Length / train.Rows, train.Answers.Task);
        return predicted.Kind == OutputKind.Values ? new(OutputKind.Values, predicted.Values.Map(x => train.Answers.Scale.Back(x))) : predicted;

        float answersScale() => train.Answers.Task == TaskKind.Regression ? 0.1f : 1;
    }

    double Score(Predictions predicted, int[] rows)
    {
        var truth = train.Answers.Truth.Take(rows);
        return metric.Score(truth, metric.Need == Need.Labels ? predicted.Values.Map(p => p >= 0.5f ? 1 : 0) : predicted.Values);
    }

    static FitRecord Curves(string measure, int iterations, double end, double start, int fold) => new()
    {
        Curves =
        [
            new($"train {measure}", [.. Enumerable.Range(0, iterations).Select(i => end + start * Math.Exp(-6.0 * i / iterations) - Math.Sign(start) * 0.06 * i / iterations)]),
            new($"validation {measure}", [.. Enumerable.Range(0, iterations).Select(i => end + 0.01 * (fold - 2) + start * Math.Exp(-5.0 * i / iterations) + Math.Sign(start) * 0.03 * i * i / iterations / iterations)]),
        ],
    };

    RunDocument Document((string Name, Predictions OutOfFold)[] members, Predictions blend)
    {
        var all = Enumerable.Range(0, train.Rows).ToArray();
        double[] ByFold(Predictions p) => [.. folds.Select(f => Score(p.Take(f.Validation), f.Validation))];
        double Sd(double[] scores) => Math.Sqrt(scores.Sum(s => Math.Pow(s - scores.Average(), 2)) / (scores.Length - 1));
        var empty = JsonSerializer.SerializeToElement(new { leaves = 31, learningRate = 0.03, columns = new[] { "a", Hostile }, stop = new { patience = 100 } });
        var sign = metric.HigherIsBetter ? 1 : -1;
        double Without(int m) => Score(Predictions.Mean([.. members[..4].Where((_, i) => i != m).Select(x => x.OutOfFold)]), all);
        return new()
        {
            CompetitionName = name, Question = question, Run = "20261123-174200-default", Status = "finished",
            Command = $"dotnet run -c Release --project competitions/{name}", Started = new(2026, 11, 23, 17, 42, 0, TimeSpan.Zero), Seconds = 47.3, PeakMemoryMb = 812,
            Metric = new(metric.Name, metric.HigherIsBetter), Task = train.Answers.Task.ToString().ToLowerInvariant(),
            Data = new(new("data/train.csv", train.Rows, new string('a', 64)), new("data/test.csv", test.Rows, new string('b', 64))),
            Validation = "5 folds, stratified, seed 42", Settings = empty, Seeds = [42], Packages = new Dictionary<string, string> { ["LightGBM"] = "4.7.0", [".NET"] = "10.0.1" },
            Machine = "Linux, 2 cores",
            Learners = [.. members.Select((m, i) => new LearnerNote(m.Name, empty,
                [.. ByFold(m.OutOfFold).Select((s, f) => new UnitNote(42, f, s, Learners[i].Seconds / 5, $"{i}{f}"))],
                ByFold(m.OutOfFold).Average(), Sd(ByFold(m.OutOfFold)), Score(m.OutOfFold, all), Learners[i].Seconds, 300))],
            Ensemble = new("GreedyEnsemble",
                [.. members.Select((m, i) => new MemberNote(m.Name, i < 4 ? 0.25 : 0, i < 4 ? sign * (Score(blend, all) - Without(i)) : 0))], Score(blend, all), ByFold(blend)),
            Best = new("GreedyEnsemble", Score(blend, all)),
            Submission = new($"submissions/{name}-20261123-174200-default.csv", test.Rows),
            Warnings =
            [
                new("note", "missing", "Age is missing in 20% of the training rows and 21% of the test rows; the learners fill it inside each fold."),
                new("warning", "fold-spread", "Fold scores vary by ±0.021, more than the ensemble gains (0.004): compare runs with --seeds 3 before believing a gain of this size."),
                new("danger", "leak", $"Column '{Hostile}' alone tells the target with AUC 0.98: is it known when predictions are made?"),
            ],
        };
    }

    ColumnProfile Profile(string column)
    {
        var (here, there) = (train[column], test[column]);
        var truth = train.Answers.Truth;
        double Missing(Column c) => Enumerable.Range(0, c.Rows).Count(c.IsMissing) / (double)c.Rows;
        if (here is CategoryColumn category)
        {
            var levels = category.Levels.Select((level, k) => new LevelProfile(level,
                category.Codes.ToArray().Count(c => c == k) / (double)here.Rows, ((CategoryColumn)there).Codes.ToArray().Count(c => c == k) / (double)there.Rows,
                Enumerable.Range(0, here.Rows).Where(i => category.Codes.Span[i] == k).Select(i => (double)truth[i, 0]).DefaultIfEmpty(0).Average()));
            return new() { Name = column, Kind = ColumnKind.Category, Missing = Missing(here), TestMissing = Missing(there), Distinct = category.Levels.Length, Levels = [.. levels.OrderByDescending(l => l.Train)], Relation = new("auc", 0.61, 0.22) };
        }
        var (values, others) = (train.Number(column).ToArray(), test.Number(column).ToArray());
        var known = values.Where(v => !float.IsNaN(v)).Order().ToArray();
        double low = known[0], high = known[^1];
        int Bin(float v) => Math.Clamp((int)((v - low) / (high - low) * 16), 0, 15);
        double[] Shares(float[] all) => [.. Enumerable.Range(0, 16).Select(b => all.Count(v => !float.IsNaN(v) && Bin(v) == b) / (double)all.Length)];
        return new()
        {
            Name = column, Kind = ColumnKind.Number, Missing = Missing(here), TestMissing = Missing(there), Distinct = known.Distinct().Count(),
            Spread = new(known.Average(), 1, low, known[known.Length / 2], high),
            Histogram = new([.. Enumerable.Range(0, 17).Select(i => low + (high - low) * i / 16)], Shares(values), Shares(others),
                [.. Enumerable.Range(0, 16).Select(b => Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i]) && Bin(values[i]) == b).Select(i => (double?)truth[i, 0]).DefaultIfEmpty(null).Average())]),
            Relation = new("auc", 0.58, 0.16),
        };
    }

    /// <summary>The law, seen by one fold: a little off, each fold its own way.</summary>
    sealed class FoldsModel(AdditiveModel law, int fold) : IModel, IExplainable
    {
        readonly float gain = 0.85f + 0.08f * fold;

        public FitRecord Record => FitRecord.Nothing;

        public IReadOnlyList<string> Explained => law.Explained;

        public Predictions Predict(Dataset rows)
        {
            var plain = law.Predict(rows);
            return plain.Kind == OutputKind.Values ? plain : new(plain.Kind, plain.Values.Map(p => plain.Outputs == 1 ? 0.5f + (p - 0.5f) * gain * 0.95f : p));
        }

        public Matrix Contributions(Dataset rows) => law.Contributions(rows).Map(x => x * gain);

        public void Save(string folder) { }

        public void Dispose() { }
    }
}
