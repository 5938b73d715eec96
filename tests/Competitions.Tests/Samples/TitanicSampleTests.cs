using System.Globalization;
using Kaggle.Competitions.Titanic.Simulation;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Competitions.Samples;

public class TitanicSampleTests
{
    static readonly IReadOnlyList<SampleFile> Made = Voyage.Simulate();

    static readonly List<Dictionary<string, string>> Train = Made.Of("train.csv").Rows();

    static readonly List<Dictionary<string, string>> Test =
        [.. Made.Of("test.csv").Rows().Zip(Made.Of("solution.csv").Rows(), (row, answer) => new Dictionary<string, string>(row) { ["Survived"] = answer["Survived"] })];

    static readonly List<Dictionary<string, string>> All = [.. Train, .. Test];

    [Fact]
    public void The_committed_files_are_what_the_generator_makes() => Committed.AreWhatIsMade("Titanic", Made);

    [Fact]
    public void Another_seed_is_another_voyage() => Assert.NotEqual(Made[0].Csv, Voyage.Simulate(1).First().Csv);

    [Theory]
    [InlineData("1", "man", 118, 57), InlineData("1", "woman", 4, 140), InlineData("1", "boy", 0, 5), InlineData("1", "girl", 0, 1)]
    [InlineData("2", "man", 154, 14), InlineData("2", "woman", 13, 80), InlineData("2", "boy", 0, 11), InlineData("2", "girl", 0, 13)]
    [InlineData("3", "man", 387, 75), InlineData("3", "woman", 89, 76), InlineData("3", "boy", 35, 13), InlineData("3", "girl", 17, 14)]
    public void The_Board_of_Trade_counted(string @class, string kind, int died, int saved)
    {
        var people = All.Where(p => p["Pclass"] == @class && KindOf(p) == kind).ToList();

        Assert.Equal((died, saved), (people.Count(p => p["Survived"] == "0"), people.Count(p => p["Survived"] == "1")));
    }

    [Fact]
    public void There_are_891_and_425_passengers_with_ids_of_their_own()
    {
        Assert.Equal((891, 425), (Train.Count, Test.Count));
        Assert.Equal(Enumerable.Range(1, 1316).Select(i => $"{i}"), All.Select(p => p["PassengerId"]));
    }

    [Fact]
    public void The_best_rule_reaches_what_is_stated_on_all_on_train_and_on_test()
    {
        var rule = All.GroupBy(Seen).ToDictionary(g => g.Key, g => g.Count(p => p["Survived"] == "1") * 2 > g.Count());
        double Right(IEnumerable<Dictionary<string, string>> people) => people.Average(p => rule[Seen(p)] == (p["Survived"] == "1") ? 1.0 : 0.0);

        Assert.Equal(Voyage.BestReachable, Right(All), 1e-12);
        Assert.Equal(Voyage.BestReachable, Right(Train), 0.002);
        Assert.Equal(Voyage.BestReachable, Right(Test), 0.002);
    }

    [Fact]
    public void Who_shares_a_ticket_shares_fare_port_and_class()
    {
        foreach (var ticket in All.GroupBy(p => p["Ticket"]))
            Assert.Single(ticket.Select(p => (p["Fare"], p["Embarked"], p["Pclass"])).Distinct());
    }

    [Fact]
    public void Families_count_the_same_from_each_side()
    {
        foreach (var family in All.Where(p => int.Parse(p["Parch"]) > 0).GroupBy(p => p["Ticket"]))
        {
            var children = family.Count(p => KindOf(p) is "boy" or "girl");
            foreach (var person in family)
            {
                var child = KindOf(person) is "boy" or "girl";
                Assert.Equal(child ? family.Count() - children : children, int.Parse(person["Parch"]));
                Assert.Equal((child ? children : family.Count() - children) - 1, int.Parse(person["SibSp"]));
                Assert.Equal(family.First()["Name"].Split(',')[0], person["Name"].Split(',')[0]);
            }
        }
    }

    static string KindOf(Dictionary<string, string> p) =>
        p["Age"] != "" && double.Parse(p["Age"], CultureInfo.InvariantCulture) < 13 ? p["Sex"] == "male" ? "boy" : "girl" : p["Sex"] == "male" ? "man" : "woman";

    /// <summary>All that a passenger's line says about the fate.</summary>
    static (string, string, bool) Seen(Dictionary<string, string> p) => (p["Pclass"], KindOf(p), p["Cabin"] != "");
}
