using System.Globalization;

namespace Kaggle.Competitions.Titanic.Simulation;

/// <summary>The embedded sample: 1,316 simulated passengers.</summary>
/// <remarks>
/// Class, sex, age group and fate are the table of the British Board of Trade's inquiry (1912), exactly. Within a cell of that
/// table one column more knows something of the fate: whether the cabin is recorded, again in exact counts (<see cref="Cell"/>).
/// All else (names, families, ages, tickets, fares, ports) is drawn without a look at the fate, so nobody can do better than
/// <see cref="BestReachable"/>.
/// </remarks>
public static class Voyage
{
    public const int Passengers = 1316;

    public const int Known = 891;

    /// <summary>The Board of Trade's table, and of how many of the dead and the saved the cabin is recorded.</summary>
    public static readonly IReadOnlyList<Cell> Table =
    [
        new(1, Kind.Man, Died: 118, Saved: 57), new(1, Kind.Woman, 4, 140), new(1, Kind.Boy, 0, 5), new(1, Kind.Girl, 0, 1),
        new(2, Kind.Man, 154, 14), new(2, Kind.Woman, 13, 80), new(2, Kind.Boy, 0, 11), new(2, Kind.Girl, 0, 13),
        new(3, Kind.Man, 387, 75), new(3, Kind.Woman, 89, 76), new(3, Kind.Boy, 35, 13), new(3, Kind.Girl, 17, 14),
    ];

    /// <summary>The share of right answers of the best rule there is: in each cell, cabin recorded or not, the commoner fate.</summary>
    public static double BestReachable { get; } = Table.Sum(cell => cell.BestRight) / (double)Passengers;

    /// <summary>The sample as it is committed.</summary>
    public static IReadOnlyList<SampleFile> Simulate() => Simulate(seed: 1912);

    /// <returns>train.csv, test.csv, gender_submission.csv and solution.csv.</returns>
    public static IReadOnlyList<SampleFile> Simulate(int seed)
    {
        var draws = new Draws(seed);
        var aboard = Parties.Embark(Table, draws);
        Decide(aboard, draws);
        var (train, test) = Divide(aboard, draws);

        string[] columns = ["Pclass", "Name", "Sex", "Age", "SibSp", "Parch", "Ticket", "Fare", "Cabin", "Embarked"];
        return
        [
            SampleFile.Of("train.csv", ["PassengerId", "Survived", .. columns], train.Select((p, i) => (string[])[Id(i), p.Fate, .. p.Fields])),
            SampleFile.Of("test.csv", ["PassengerId", .. columns], test.Select((p, i) => (string[])[Id(Known + i), .. p.Fields])),
            SampleFile.Of("gender_submission.csv", ["PassengerId", "Survived"], test.Select((p, i) => (string[])[Id(Known + i), p.IsMale ? "0" : "1"])),
            SampleFile.Of("solution.csv", ["PassengerId", "Survived"], test.Select((p, i) => (string[])[Id(Known + i), p.Fate])),
        ];
    }

    static string Id(int row) => (row + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Deals each cell's fates, and which cabins are on record, to its people at random.</summary>
    static void Decide(IReadOnlyList<Passenger> aboard, Draws draws)
    {
        foreach (var cell in Table)
        {
            var people = aboard.Where(p => p.Class == cell.Class && p.Kind == cell.Kind).ToList();
            draws.Shuffle(people);
            for (var i = 0; i < people.Count; i++)
            {
                people[i].Saved = i < cell.Saved;
                people[i].CabinKnown = i < cell.SavedOnRecord || i >= people.Count - cell.DiedOnRecord;
            }
        }
    }

    /// <summary>Into train and test so that both have the same share of each cell, cabin on record or not, and fate.</summary>
    static (List<Passenger> Train, List<Passenger> Test) Divide(List<Passenger> aboard, Draws draws)
    {
        draws.Shuffle(aboard);
        var ordered = aboard.OrderBy(p => p.Class).ThenBy(p => p.Kind).ThenBy(p => p.CabinKnown).ThenBy(p => p.Saved).ToList();
        List<Passenger> train = [], test = [];
        for (var i = 0; i < ordered.Count; i++)
            (i * Known / Passengers == (i + 1) * Known / Passengers ? test : train).Add(ordered[i]);
        draws.Shuffle(train);
        draws.Shuffle(test);
        return (train, test);
    }
}

/// <summary>One line of the table.</summary>
public sealed record Cell(int Class, Kind Kind, int Died, int Saved)
{
    public int People => Died + Saved;

    /// <summary>Cabins are known mostly from those who lived to tell; only the lists of first- and second-class ladies and children name both.</summary>
    public int SavedOnRecord => (int)Math.Round(Saved * (Class == 1 ? 0.9 : 0.6));

    public int DiedOnRecord => (int)Math.Round(Died * (Class < 3 && Kind != Kind.Man ? 0.6 : Class == 1 ? 0.15 : 0.02));

    public int BestRight => Math.Max(DiedOnRecord, SavedOnRecord) + Math.Max(Died - DiedOnRecord, Saved - SavedOnRecord);
}

/// <summary>Grown up or below thirteen, as the inquiry counted.</summary>
public enum Kind
{
    Man,
    Woman,
    Boy,
    Girl,
}
