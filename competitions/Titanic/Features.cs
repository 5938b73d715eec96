namespace Kaggle.Competitions.Titanic;

/// <summary>Few, strong columns: who it was, in which class, with how many, and with whom.</summary>
public static class Passengers
{
    public static DataFrame Describe(DataFrame passengers)
    {
        var who = passengers.Texts("Sex").Zip(passengers.Texts("Name"), Who).ToArray();
        var party = Parties(passengers);
        return new DataFrame()
            .With("Class", passengers.Numbers("Pclass"))
            .With("Who", who)
            .With("Family", Family(passengers))
            .With("CabinKnown", [.. passengers.Texts("Cabin").Select(cabin => cabin is null ? 0.0 : 1.0)])
            .With("Companions", [.. who.Zip(party, (person, number) => person == "man" ? null : $"party {number}")]);
    }

    /// <summary>Boys were called Master: that tells a child even where the age is missing.</summary>
    static string Who(string? sex, string? name) =>
        sex == "female" ? "woman" : name?.Contains(", Master.") == true ? "boy" : "man";

    /// <summary>The passenger and relatives; above six no more is learned than that it was a large family.</summary>
    static double[] Family(DataFrame passengers) =>
        [.. passengers.Numbers("SibSp").Zip(passengers.Numbers("Parch"), (siblings, parents) => Math.Min(6, 1 + siblings + parents))];

    /// <summary>
    /// A number for each party. Who shares a ticket is one party; so are relatives of one surname on several tickets, if class,
    /// port and the fare for each head are the same.
    /// </summary>
    static int[] Parties(DataFrame passengers)
    {
        var tickets = passengers.Texts("Ticket");
        var heads = tickets.CountBy(ticket => ticket ?? "").ToDictionary();
        var (names, ports, classes) = (passengers.Texts("Name"), passengers.Texts("Embarked"), passengers.Numbers("Pclass"));
        var (fares, family) = (passengers.Numbers("Fare"), Family(passengers));

        var party = Enumerable.Range(0, tickets.Length).ToArray();
        Join(row => tickets[row]);
        Join(row => family[row] == 1 ? null : $"{names[row]?.Split(',')[0]} {classes[row]} {ports[row]} {fares[row] / heads[tickets[row] ?? ""]:0.00}");
        return [.. party.Select((_, row) => First(row))];

        void Join(Func<int, string?> shared)
        {
            var first = new Dictionary<string, int>();
            for (var row = 0; row < party.Length; row++)
                if (shared(row) is { } key && !first.TryAdd(key, row)) party[First(row)] = First(first[key]);
        }

        int First(int row) => party[row] == row ? row : party[row] = First(party[row]);
    }
}
