namespace Kaggle.Competitions.Titanic.Simulation;

/// <summary>Who travels with whom: families, couples, friends and people alone, with names, ages, tickets, fares and ports.</summary>
/// <remarks>Nothing here knows a fate.</remarks>
sealed class Parties
{
    readonly Draws draws;
    readonly int @class;
    readonly Dictionary<Kind, Stack<Passenger>> ashore = [];
    readonly List<Passenger> aboard = [];
    readonly HashSet<string> tickets = [];

    Parties(int @class, IEnumerable<Cell> cells, Draws draws)
    {
        (this.@class, this.draws) = (@class, draws);
        foreach (var cell in cells)
            ashore[cell.Kind] = new(Enumerable.Range(0, cell.People).Select(_ => new Passenger(@class, cell.Kind)));
    }

    public static List<Passenger> Embark(IEnumerable<Cell> table, Draws draws) =>
        [.. table.GroupBy(cell => cell.Class).SelectMany(cells => new Parties(cells.Key, cells, draws).Embark())];

    List<Passenger> Embark()
    {
        while (Left(Kind.Boy) + Left(Kind.Girl) > 0) Family();
        for (var couples = @class switch { 1 => 40, 2 => 20, _ => 25 }; couples > 0; couples--) Couple();
        for (var groups = @class switch { 1 => 12, 2 => 10, _ => 22 }; groups > 0; groups--) Siblings();
        for (var groups = @class switch { 1 => 10, 2 => 6, _ => 12 }; groups > 0; groups--) Friends();
        while (Left(Kind.Man) > 0) Alone(Kind.Man);
        while (Left(Kind.Woman) > 0) Alone(Kind.Woman);
        return aboard;
    }

    int Left(Kind kind) => ashore[kind].Count;

    Passenger Next(Kind kind) => ashore[kind].Pop();

    /// <summary>One to three children, in third class up to six, with both parents or one.</summary>
    void Family()
    {
        var surname = draws.Of(Names.Surnames);
        var many = Math.Min(Left(Kind.Boy) + Left(Kind.Girl), @class == 3 ? draws.Weighted([(1, 0.35), (2, 0.3), (3, 0.15), (4, 0.1), (5, 0.06), (6, 0.04)]) : draws.Weighted([(1, 0.55), (2, 0.35), (3, 0.1)]));
        var (mother, father) = draws.Weighted([((true, true), 0.62), ((true, false), 0.3), ((false, true), 0.08)]);
        List<Passenger> parents = [], children = [];
        if (father) parents.Add(Name(Next(Kind.Man), surname, "Mr"));
        if (mother) parents.Add(Name(Next(Kind.Woman), surname, "Mrs", parents.FirstOrDefault()));
        for (var i = 0; i < many; i++)
        {
            var boy = draws.Uniform() * (Left(Kind.Boy) + Left(Kind.Girl)) < Left(Kind.Boy);
            children.Add(Name(Next(boy ? Kind.Boy : Kind.Girl), surname, boy ? "Master" : "Miss"));
        }
        foreach (var child in children)
        {
            child.Age = draws.Chance(0.12) ? Math.Round(draws.Whole(2, 11) / 12.0, 2) : draws.Whole(1, 12);
            (child.SiblingsAndSpouse, child.ParentsAndChildren) = (many - 1, parents.Count);
        }
        foreach (var parent in parents)
        {
            parent.Age = Math.Floor(children.Max(c => c.Age)) + draws.Whole(20, 32);
            (parent.SiblingsAndSpouse, parent.ParentsAndChildren) = (parents.Count - 1, many);
        }
        Board([.. parents, .. children]);
    }

    void Couple()
    {
        var husband = Name(Next(Kind.Man), draws.Of(Names.Surnames), "Mr");
        var wife = Name(Next(Kind.Woman), husband.Surname, "Mrs", husband);
        husband.Age = Math.Max(20, AdultAge());
        wife.Age = Math.Clamp(husband.Age - draws.Whole(-3, 8), 18, 70);
        husband.SiblingsAndSpouse = wife.SiblingsAndSpouse = 1;
        Board([husband, wife]);
    }

    /// <summary>Two or three grown-up brothers or sisters.</summary>
    void Siblings()
    {
        var surname = draws.Of(Names.Surnames);
        var many = draws.Weighted([(2, 0.7), (3, 0.3)]);
        var group = Enumerable.Range(0, many).Select(_ => Adult(draws.Chance(0.7) ? Kind.Man : Kind.Woman, surname)).ToArray();
        foreach (var one in group) one.SiblingsAndSpouse = many - 1;
        Board(group);
    }

    /// <summary>One ticket, several surnames: friends, or a lady and her maid.</summary>
    void Friends()
    {
        var many = draws.Weighted([(2, 0.5), (3, 0.25), (4, 0.15), (6, 0.1)]);
        var women = draws.Chance(0.3);
        Board([.. Enumerable.Range(0, women ? 2 : many).Select(_ => Adult(women ? Kind.Woman : Kind.Man, draws.Of(Names.Surnames)))]);
    }

    void Alone(Kind kind) => Board([Adult(kind, draws.Of(Names.Surnames))]);

    Passenger Adult(Kind kind, string surname)
    {
        var person = Next(kind);
        person.Age = AdultAge();
        var married = kind == Kind.Woman && person.Age > 24 && draws.Chance(0.25);
        var title = kind == Kind.Woman ? married ? "Mrs" : "Miss"
            : @class < 3 && draws.Chance(0.07) ? draws.Weighted([("Dr", 0.4), ("Rev", @class == 2 ? 0.8 : 0), ("Col", @class == 1 ? 0.3 : 0), ("Major", @class == 1 ? 0.2 : 0)]) : "Mr";
        return Name(person, surname, title);
    }

    double AdultAge()
    {
        var (mean, sd) = @class switch { 1 => (40.0, 13.0), 2 => (31.0, 11.0), _ => (27.0, 9.0) };
        while (true)
        {
            var age = Math.Round(draws.Normal(mean, sd));
            if (age is >= 13 and <= 74) return age;
        }
    }

    Passenger Name(Passenger person, string surname, string title, Passenger? husband = null)
    {
        var own = draws.Of(person.IsMale ? Names.Men : Names.Women);
        if (draws.Chance(0.4)) own += " " + draws.Of(person.IsMale ? Names.Men : Names.Women);
        (person.Surname, person.Title, person.Given) = (surname, title, own);
        if (title == "Mrs")
        {
            person.Given = husband?.Given ?? draws.Of(Names.Men);
            person.Maiden = $"{own} {draws.Of(Names.Surnames)}";
        }
        return person;
    }

    /// <summary>One ticket, one port, one deck; the fare is that of all who share the ticket.</summary>
    void Board(Passenger[] party)
    {
        var ticket = Ticket();
        var port = draws.Weighted(@class switch
        {
            1 => [("S", 0.55), ("C", 0.44), ("Q", 0.01)],
            2 => [("S", 0.87), ("C", 0.10), ("Q", 0.03)],
            _ => (IReadOnlyList<(string, double)>)[("S", 0.70), ("Q", 0.16), ("C", 0.14)],
        });
        var (usual, spread) = @class switch { 1 => (30.0, 0.35), 2 => (12.0, 0.15), _ => (7.8, 0.10) };
        var each = usual * Math.Exp(draws.Normal(0, spread)) * (port == "C" && @class == 1 ? 1.3 : 1);
        var pence = Math.Round(240 * party.Sum(p => each * (p.Kind is Kind.Boy or Kind.Girl ? 0.5 : 1)));
        var deck = draws.Weighted(@class switch
        {
            1 => [("A", 0.1), ("B", 0.28), ("C", 0.38), ("D", 0.14), ("E", 0.1)],
            2 => [("D", 0.3), ("E", 0.25), ("F", 0.45)],
            _ => (IReadOnlyList<(string, double)>)[("E", 0.2), ("F", 0.4), ("G", 0.4)],
        });
        var cabin = deck + draws.Whole(2, 130);
        foreach (var person in party)
        {
            person.Ticket = ticket;
            person.Fare = Math.Round(pence / 240, 4);
            person.Port = port;
            person.Cabin = cabin;
            person.AgeKnown = person.Kind is Kind.Boy or Kind.Girl || !draws.Chance(@class switch { 1 => 0.14, 2 => 0.07, _ => 0.32 });
            aboard.Add(person);
        }
    }

    string Ticket()
    {
        while (true)
        {
            var ticket = @class switch
            {
                1 => draws.Chance(0.4) ? $"PC {draws.Whole(17470, 17790)}" : $"{draws.Whole(110100, 113900)}",
                2 => draws.Chance(0.3) ? $"S.C./PARIS {draws.Whole(2080, 2190)}" : $"{draws.Whole(220300, 251000)}",
                _ => draws.Weighted([(0, 0.7), (1, 0.15), (2, 0.15)]) switch
                {
                    0 => $"{draws.Whole(330900, 383200)}",
                    1 => $"A/5 {draws.Whole(2100, 3990)}",
                    _ => $"STON/O2. {draws.Whole(3101200, 3101400)}",
                },
            };
            if (tickets.Add(ticket)) return ticket;
        }
    }
}
