using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>Runs of every task, and runs in which nearly all is missing, have a report too.</summary>
public sealed class OddRunsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static readonly Dictionary<string, (TargetValues Answers, Predictions Best)> Tasks = new()
    {
        ["several labels"] = (new(Target.Labels("Rain", "Wind"), Drawn(2, r => r.Next(2))), new(OutputKind.Probabilities, Drawn(2, r => r.NextSingle()))),
        ["grades"] = (new(Target.Ordinal("Grade"), Drawn(1, r => r.Next(4)), ["A", "B", "C", "D"]), new(OutputKind.Values, Drawn(1, r => r.NextSingle() * 3))),
        ["quantiles"] = (new(Target.Quantiles("Sales", 0.1, 0.5, 0.9), Drawn(1, r => r.NextSingle())), new(OutputKind.Values, Drawn(3, r => r.NextSingle()))),
        ["several numbers"] = (new(Target.Numbers("Width", "Height"), Drawn(2, r => r.NextSingle())), new(OutputKind.Values, Drawn(2, r => r.NextSingle()))),
        ["a constant number"] = (new(Target.Number("Zero"), Drawn(1, _ => 0)), new(OutputKind.Values, Drawn(1, _ => 0))),
        ["scores"] = (new(Target.Binary("Click"), Drawn(1, r => r.Next(2)), ["no", "yes"]), new(OutputKind.Scores, Drawn(1, r => r.NextSingle() * 9 - 4))),
        ["one class only"] = (new(Target.Binary("Click"), Drawn(1, _ => 0), ["no", "yes"]), new(OutputKind.Probabilities, Drawn(1, r => r.NextSingle()))),
        ["most rows unjudged"] = (new(Target.Number("Price"), Drawn(1, r => r.NextSingle())), new(OutputKind.Values, Drawn(1, r => r.Next(50) == 0 ? 1 : float.NaN))),
    };

    public static TheoryData<string> Names => [.. Tasks.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Every_task_has_a_report(string name)
    {
        var (answers, best) = Tasks[name];
        var analysis = new Analyst
        {
            Train = new([new NumberColumn("A", new float[100])], answers),
            Folds = [new Fold(0, [.. Enumerable.Range(50, 50)], [.. Enumerable.Range(0, 50)])],
            Metric = new Metric("any", true, Need.Values, (_, _, _, _) => 0),
            Score = (_, _) => 0,
            Of = "Best",
            Best = best,
            Members = [("a", best), ("b", best)],
        }.Analyse(TestContext.Current.CancellationToken);

        Write(analysis);

        var html = RunReport.Html(folder);
        Assert.Contains(answers.Target.Columns[0], html);
        Assert.DoesNotContain("NaN", html);
        Assert.DoesNotContain("∞", html);
    }

    [Fact]
    public void Numbers_that_are_none_leave_gaps()
    {
        Write(new()
        {
            Of = "Best",
            Explanation = new("L", 3, double.NaN, [new("A", double.NaN, double.NaN), new("B", 0, 0)],
                new(0, ["y"], [new("A", [double.NaN], [], [])]), [new("A", [1, 2], [], [0.5, 0.5], [new("y", [double.NaN, double.NaN], [[double.NaN, double.NaN]])])]),
            Errors = new(["a", "b"], [[1, double.NaN], [double.NaN, 1]], 3),
            Curves = [new("L", 1, 0, "loss", 1, [double.NaN, double.NaN, 1])],
            Columns =
            [
                new() { Name = "When", Kind = ColumnKind.Date, Spread = new(6e17, 0, 6e17, 6e17, 6.3e17), Histogram = new([6e17, 6.1e17, 6.3e17], [0.4, 0.6], [0, 1], [null, 3]) },
                new() { Name = "Story", Kind = ColumnKind.Text, Examples = ["once", "<b>upon</b>"], Missing = 1, TestMissing = 0.0001 },
                new() { Name = "Nothing", Kind = ColumnKind.Category },
            ],
        });

        var html = RunReport.Html(folder);

        Assert.Contains("1902-04-30", html);
        Assert.Contains("&lt;b&gt;upon", html);
        Assert.DoesNotContain("NaN", html);
    }

    [Fact]
    public void Layers_have_a_section_of_their_own_with_a_line_for_each()
    {
        Write(new()
        {
            Of = "Best",
            Curves =
            [
                new("Net", 1, 0, "train loss", 1, [3, 2, 1]),
                new("Net", 1, 0, "activation near zero of layers.0", 1, [0.25, 0.5]),
                new("Net", 1, 0, "activation near zero of layers.1", 1, [0.1, 0.2]),
                new("Net", 1, 1, "activation near zero of layers.9", 1, [0.1, 0.2]),
            ],
        });

        var page = System.Xml.Linq.XDocument.Parse(RunReport.Html(folder)[RunReport.Html(folder).IndexOf("<html", StringComparison.Ordinal)..]);
        string Section(string id) => page.Descendants("section").Single(s => s.Attribute("id")?.Value == id).ToString();

        Assert.Contains("layers.0", Section("activations"));
        Assert.Contains("layers.1", Section("activations"));
        Assert.DoesNotContain("layers.9", Section("activations"));              // another fold's
        Assert.DoesNotContain("layers.0", Section("curves"));
    }

    [Fact]
    public void A_mistakes_id_and_truth_are_told_once()
    {
        Write(new()
        {
            Of = "Best",
            Targets = [new("Survived", [], null, null, null)],
            Mistakes =
            [
                new("17", 0, "1", "0 (0.9)", 0.9, [new("PassengerId", "17"), new("Survived", "1"), new("Age", "30")]),
                new("20", 0, "1", "0 (0.8)", 0.8, [new("PassengerId", "20"), new("Survived", "1"), new("Age", null)]),
            ],
        });

        var html = RunReport.Html(folder);

        Assert.DoesNotContain("PassengerId", html);
        Assert.Contains("<th class=\"cell\">Age</th></tr>", html);
        Assert.Contains("missing", html);
    }

    [Fact]
    public void A_run_of_one_fold_has_no_spread_and_a_failed_one_no_score()
    {
        Write(null, new LearnerNote("Ridge", default, [new(1, 0, 0.5, 1, "k")], 0.5, 0, 0.5, 1, 1));
        Assert.DoesNotContain("class=\"sd\"", RunReport.Html(folder));

        Write(null);
        Assert.Contains("No learner has finished", RunReport.Html(folder));
        Assert.Contains("No submission was written", RunReport.Html(folder));
    }

    void Write(RunAnalysis? analysis, params LearnerNote[] learners)
    {
        if (analysis is not null) File.WriteAllText(Path.Combine(folder, RunAnalysis.FileName), analysis.ToJson());
        var nothing = JsonSerializer.SerializeToElement(new { });
        var run = new RunDocument
        {
            CompetitionName = "Odd", Run = "r", Status = "failed", Command = "kaggle run", Metric = new("any", true), Task = "any",
            Data = new(new("train.csv", 1, ""), null), Validation = "1 fold", Settings = nothing, Seeds = [1],
            Packages = new Dictionary<string, string>(), Machine = "", Learners = [.. learners.Select(l => l with { Settings = nothing })],
        };
        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(run, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
    }

    static Matrix Drawn(int columns, Func<Random, float> one)
    {
        var random = new Random(2);
        return new(Enumerable.Range(0, 100 * columns).Select(_ => one(random)).ToArray(), columns);
    }
}
