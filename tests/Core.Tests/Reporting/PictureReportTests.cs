using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kaggle.Core.Data;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;

namespace Kaggle.Tests.Core.Reporting;

/// <summary>What a report of pictures shows beside what every report does.</summary>
public sealed class PictureReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Jpeg(string of) => $"data:image/jpeg;base64,{of}";

    static RunAnalysis Pictures(int classes) => new()
    {
        Of = "probe",
        PicturesSeenBy = "probe",
        Targets = [new("label", [.. Enumerable.Range(0, classes).Select(k => new LevelProfile($"class {k}", 1.0 / classes))], null, null, null)],
        Map = new([0.4, 0.2], [.. Enumerable.Range(0, 20 * classes).Select(i => new PlacedPicture(i % 7, i % 11, i % classes))]),
        Mistakes = [new("9", 0, "class 1", "class 2 (0.9)", 0.9, [new("picture", "9.jpg", Jpeg("mistake"))]) { Looks = Jpeg("warm") }],
        Confused = new([new("class 3", "class 4", 12, 0.25, "7", Jpeg("example"))], 3, 40),
        Samples = new(0.95,
        [
            new("1", "class 1", "class 1", 0.87, true, [new("picture", "1.jpg", Jpeg("first"))]),
            new("2", "class 2", "class 5", 0.62, false, [new("picture", "2.jpg", Jpeg("second"))]),
        ]),
    };

    XElement Section(RunAnalysis analysis, string id) => Page(analysis).Section(id);

    XDocument Page(RunAnalysis analysis)
    {
        var nothing = JsonSerializer.SerializeToElement(new { });
        File.WriteAllText(Path.Combine(folder, RunAnalysis.FileName), analysis.ToJson());
        File.WriteAllText(Path.Combine(folder, "run.json"), JsonSerializer.Serialize(new RunDocument
        {
            CompetitionName = "Flowers", Run = "r", Status = "finished", Command = "kaggle run", Metric = new("accuracy", true), Task = "multiclass",
            Data = new(new("train.csv", 1, ""), null), Validation = "1 fold", Settings = nothing, Seeds = [1], Packages = new Dictionary<string, string>(), Machine = "",
        }, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
        return ReportPage.Parsed(RunReport.Html(folder));
    }

    static string Words(XElement element) => Regex.Replace(string.Join(' ', element.DescendantNodes().OfType<XText>().Select(t => t.Value)), @"\s+", " ").Trim();

    static string[] Sources(XElement element) => [.. element.Descendants("img").Select(i => i.Attribute("src")!.Value)];

    [Fact]
    public void Sample_predictions_show_picture_prediction_chance_and_answer()
    {
        var section = Section(Pictures(5), "samples");

        Assert.Contains("95%", Words(section));
        Assert.Equal(["Right", "Wrong"], section.Elements("h3").Select(h => h.Value));
        var cards = section.Descendants("li").ToArray();
        Assert.Equal(["class 1 87% 1", "class 5 62% was class 2 2"], cards.Select(Words));
        Assert.Equal(["right", "wrong"], cards.Select(c => c.Attribute("class")!.Value));
        Assert.Equal([Jpeg("first"), Jpeg("second")], Sources(section));
    }

    [Fact]
    public void The_most_confused_pairs_say_what_was_answered_what_it_was_how_often_and_show_one()
    {
        var section = Section(Pictures(5), "confused");

        Assert.Equal("class 4 class 3 12 25% 7", Words(section.Descendants("tbody").Elements("tr").Single()));
        Assert.Equal([Jpeg("example")], Sources(section));
        Assert.Contains("3 rarer pairs", Words(section));
    }

    [Fact]
    public void A_mistake_shows_the_picture_and_beside_it_what_the_model_went_by() =>
        Assert.Equal([Jpeg("mistake"), Jpeg("warm")], Sources(Section(Pictures(5), "mistakes")));

    [Theory]
    [InlineData(3, 3)]
    [InlineData(10, 10)]
    [InlineData(12, 12)]
    [InlineData(30, 13)]
    public void Each_of_ten_classes_has_its_own_mark_on_the_map_and_only_the_rarest_of_many_are_grouped(int classes, int marks)
    {
        var section = Section(Pictures(classes), "pictures");

        var styles = section.Descendants("svg").First().Descendants("path").Select(p => p.Attribute("class")!.Value).Where(s => s != "holes").ToArray();
        Assert.Equal(marks, styles.Length);
        Assert.Equal(styles, styles.Distinct());
        var legend = section.Descendants("ul").Single().Elements("li").Select(Words).ToArray();
        Assert.Equal(Enumerable.Range(0, Math.Min(classes, 12)).Select(k => $"class {k}"), legend.Take(12));
        Assert.Equal(classes > 12 ? ["18 other classes"] : [], legend.Skip(12));
    }

    [Fact]
    public void Without_pictures_there_is_no_map_no_card_and_the_rows_are_a_table()
    {
        var page = Page(new()
        {
            Of = "Ridge",
            Samples = new(null, [new("17", "12.5", "11.25", null, null, [new("Id", "17"), new("Rooms", "4")]), new("18", "3", "4", null, null, [new("Id", "18"), new("Rooms", null)])]),
        });

        var section = page.Descendants("section").Single(s => s.Attribute("id")!.Value == "samples");
        Assert.Equal(["Id Predicted Truth Rooms", "17 11.25 12.5 4", "18 4 3 missing"], section.Descendants("tr").Select(Words));
        Assert.DoesNotContain(page.Descendants("section"), s => s.Attribute("id")!.Value is "pictures" or "confused");
        Assert.Empty(page.Descendants("img"));
    }
}
