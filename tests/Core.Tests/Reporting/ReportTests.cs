using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;

namespace Kaggle.Tests.Core.Reporting;

public sealed class ReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string[] Sections(XDocument page) => [.. page.Descendants("section").Select(s => s.Attribute("id")!.Value)];

    static string Words(XElement element) => Regex.Replace(element.Value, @"\s+", " ");

    (string Html, XDocument Page, RunAnalysis Analysis) Written(SimulatedRun run)
    {
        var analysis = run.Write(folder);
        var html = File.ReadAllText(RunReport.Write(folder));
        return (html, ReportPage.Parsed(html), analysis);
    }

    [Fact]
    public void A_binary_run_has_every_section_but_regression()
    {
        var (html, page, _) = Written(SimulatedRun.Binary());

        Assert.Equal(["warnings", "leaderboard", "ensemble", "curves", "classification", "samples", "explanation", "errors", "mistakes", "data", "settings"], Sections(page));
        Assert.Equal(Sections(page), page.Descendants("nav").Descendants("a").Select(a => a.Attribute("href")!.Value[1..]));
        Assert.InRange(html.Length, 40_000, 1_500_000);
    }

    [Fact]
    public void A_regression_has_residuals_and_no_confusion()
    {
        var (_, page, analysis) = Written(SimulatedRun.Regression());

        Assert.Contains("regression", Sections(page));
        Assert.DoesNotContain("classification", Sections(page));
        Assert.Contains(Shown(analysis.Regression[0].Rmse), Words(page.Section("regression")));
    }

    [Fact]
    public void Of_several_classes_each_has_its_row()
    {
        var (_, page, analysis) = Written(SimulatedRun.Multiclass());
        var section = page.Section("classification");

        foreach (var of in analysis.Classification!.Classes)
            Assert.Contains(section.Descendants("tr"), row => Words(row).Contains(of.Name) && Words(row).Contains(Shown(of.Auc!.Value)) && Words(row).Contains(Shown(of.F1!.Value)));
    }

    [Fact]
    public void Ratings_have_a_section_of_users_and_items()
    {
        var (_, _, analysis) = Written(SimulatedRun.Regression());
        var likeness = new ItemLikeness([new("Alien", 90, [new("Aliens", 0.91), new("<Up>", -0.2)])], [new("Alien", 90, 1, 2), new("<Up>", 80, -1, 0)], [new(0.4, ["Alien"], ["<Up>"])]);
        var ratings = new RatingsAnalysis("viewer", "film", 30, 20, [new(true, true, 500, 0.91, 0.01), new(false, true, 7, 1.23, -0.4)], [new(1, 3, 4, 90, 1.1, 0.2), new(4, 50, 16, 417, 0.9, 0)],
            [new(2, 9, 30, 507, 0.95, 0)], new([0.5, 1, 1.5], [0.5, 0.5]), [new("u7", 40, 12, 1.777, 0.3)], new(60, 3, 0), likeness);
        File.WriteAllText(Path.Combine(folder, RunAnalysis.FileName), (analysis with { Ratings = ratings }).ToJson());
        var section = ReportPage.Parsed(RunReport.Html(folder)).Descendants("section").Single(s => s.Attribute("id")!.Value == "ratings");

        foreach (var said in new[] { "user new", "1.2300", "u7", "1.7770", "Aliens", "<Up>", "Of the 60 test rows 3 are of users", "40%" }) Assert.Contains(said, Words(section));
        Assert.Contains(section.Descendants("text"), text => text.Value == "Alien");
        Assert.Equal(3, section.Descendants("figure").Count());                     // popularity, each user, the map; one bin of activity is no line
    }

    [Fact]
    public void The_numbers_are_those_of_the_run_folder()
    {
        var (_, page, analysis) = Written(SimulatedRun.Binary());
        var words = Words(page.Root!);
        var curves = analysis.Classification!.Classes[0];

        foreach (var number in new[] { curves.Auc, curves.AveragePrecision, curves.Brier, curves.Precision, curves.Recall })
            Assert.Contains(Shown(number!.Value), words);
        foreach (var row in analysis.Classification.Confusion!.Counts)
            foreach (var count in row) Assert.Contains(page.Descendants("td"), td => td.Nodes().First() is XText text && text.Value == $"{count}");
        foreach (var mistake in analysis.Mistakes)
            Assert.Contains(page.Descendants("tr"), row => Words(row).StartsWith(mistake.Id, StringComparison.Ordinal) && Words(row).Contains(mistake.Predicted));
        foreach (var column in analysis.Explanation!.Importance.Where(c => c.Drop > 0)) Assert.Contains($"{column.Column}+{Shown(column.Drop)}", words.Replace(" ", ""));
    }

    [Fact]
    public void Nothing_is_loaded_and_no_script_runs()
    {
        var (html, page, _) = Written(SimulatedRun.Binary());

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "base" or "form");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"), a => Assert.StartsWith("#", a.Value));
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("@import", html);
    }

    [Fact]
    public void What_the_data_says_is_text_and_never_markup()
    {
        var (html, page, _) = Written(SimulatedRun.Binary());

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.Contains(SimulatedRun.Hostile, page.Root!.Value);
        Assert.Contains(SimulatedRun.HostileValue, page.Root.Value);
    }

    [Fact]
    public void A_run_that_stopped_before_its_analysis_still_has_a_report()
    {
        SimulatedRun.Binary().Write(folder);
        File.Delete(Path.Combine(folder, RunAnalysis.FileName));
        File.Delete(Path.Combine(folder, "folds.csv"));

        var page = ReportPage.Parsed(RunReport.Html(folder));

        Assert.Equal(["warnings", "leaderboard", "ensemble", "data", "settings"], Sections(page));
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused() =>
        Assert.Contains("no run.json", Assert.Throws<InputException>(() => RunReport.Write(folder)).Message);

    [Fact]
    public void A_spoiled_file_is_named()
    {
        SimulatedRun.Binary().Write(folder);
        File.WriteAllText(Path.Combine(folder, RunAnalysis.FileName), "{ spoiled");

        Assert.Contains("analysis.json", Assert.Throws<InputException>(() => RunReport.Write(folder)).Message);
        Assert.Equal([], Directory.GetFiles(folder, "report*"));
    }

    static string Shown(double number) => Math.Abs(number) switch
    {
        >= 10_000 => number.ToString("#,0"),
        >= 1000 => number.ToString("#,0.0"),
        < 0.001 => number.ToString("0.###e0").Replace('-', '−'),
        _ => number.ToString("0.0000"),
    };
}
