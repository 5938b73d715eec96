using System.Globalization;

namespace Kaggle.Competitions.Titanic.Simulation;

/// <summary>One simulated passenger, filled in step by step.</summary>
sealed class Passenger(int @class, Kind kind)
{
    public int Class { get; } = @class;

    public Kind Kind { get; } = kind;

    public bool IsMale => Kind is Kind.Man or Kind.Boy;

    public double Age { get; set; }

    /// <summary>Children travelled at a reduced fare, so their ages were always asked; adults' were not.</summary>
    public bool AgeKnown { get; set; } = true;

    public string Surname { get; set; } = "";

    public string Given { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>A married woman stands under her husband's name; this is her own.</summary>
    public string? Maiden { get; set; }

    public int SiblingsAndSpouse { get; set; }

    public int ParentsAndChildren { get; set; }

    public string Ticket { get; set; } = "";

    /// <summary>Of the whole ticket, in pounds, as on each line of Kaggle's file.</summary>
    public double Fare { get; set; }

    public string Cabin { get; set; } = "";

    public bool CabinKnown { get; set; }

    public string Port { get; set; } = "";

    public bool Saved { get; set; }

    public string Fate => Saved ? "1" : "0";

    /// <summary>Pclass, Name, Sex, Age, SibSp, Parch, Ticket, Fare, Cabin, Embarked.</summary>
    public string[] Fields =>
    [
        Text(Class), $"{Surname}, {Title}. {Given}{(Maiden is null ? "" : $" ({Maiden})")}", IsMale ? "male" : "female",
        AgeKnown ? Age.ToString("0.##", CultureInfo.InvariantCulture) : "", Text(SiblingsAndSpouse), Text(ParentsAndChildren), Ticket,
        Fare.ToString("0.####", CultureInfo.InvariantCulture), CabinKnown ? Cabin : "", Port,
    ];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
