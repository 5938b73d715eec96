namespace Kaggle.Competitions.Titanic.Simulation;

/// <summary>Common names of the time, to be drawn from; no passenger's name is meant.</summary>
static class Names
{
    public static readonly string[] Surnames =
    [
        "Abbott", "Adler", "Almqvist", "Amiel", "Antoun", "Archer", "Atwood", "Bagley", "Baines", "Balkić", "Barrow", "Beattie", "Bellamy", "Berglund",
        "Birch", "Blomqvist", "Bonner", "Bostock", "Bradbury", "Brennan", "Brooks", "Burke", "Caldwell", "Callahan", "Carlsson", "Carver", "Chandler",
        "Clarke", "Coburn", "Connelly", "Cooper", "Corrigan", "Costello", "Cullen", "Dahl", "Danielsen", "Darcy", "Dempsey", "Devlin", "Dijkstra",
        "Donovan", "Doyle", "Drummond", "Dufour", "Eklund", "Ellison", "Engström", "Eriksen", "Falk", "Farrell", "Fenwick", "Ferrier", "Finnegan",
        "Fjeld", "Forsyth", "Gallagher", "Garnier", "Gibbs", "Gilmore", "Grant", "Greaves", "Gunnarsson", "Haddad", "Halloran", "Hammond", "Hanna",
        "Hansson", "Harding", "Hartley", "Hedlund", "Henley", "Hobbs", "Holm", "Horvat", "Hughes", "Ivarsson", "Jansen", "Jarvis", "Jennings",
        "Joensuu", "Kallio", "Keane", "Kendrick", "Khoury", "Kovač", "Lambert", "Larsen", "Laurent", "Leclerc", "Lindholm", "Lockwood", "Lundgren",
        "Mackie", "Madden", "Marchetti", "Marlow", "Mattsson", "McCarthy", "McGrath", "Mercier", "Mikkelsen", "Moreau", "Morley", "Mulvihill",
        "Naughton", "Nazar", "Newell", "Niemi", "Nordin", "Norling", "Nugent", "Oakley", "Ogden", "Olofsson", "Osborne", "Palmer", "Pavlov",
        "Pearce", "Petrov", "Pettersson", "Prescott", "Quigley", "Quinn", "Rahim", "Ramsey", "Rasmussen", "Redmond", "Reeves", "Riordan", "Roussel",
        "Rowley", "Saad", "Sandberg", "Sawyer", "Sears", "Shaheen", "Sheridan", "Sjöberg", "Slater", "Solberg", "Stanton", "Sterling", "Stoyanov",
        "Strand", "Sullivan", "Sundman", "Tannous", "Tedesco", "Thorne", "Tierney", "Toivonen", "Tucker", "Underhill", "Vance", "Vestergaard",
        "Viklund", "Wadsworth", "Walsh", "Warrick", "Webber", "Weston", "Whitfield", "Winslow", "Wyatt", "Yardley", "Yazbeck", "Zimmer",
    ];

    public static readonly string[] Men =
    [
        "Albert", "Alfred", "Anders", "Antoine", "Arthur", "August", "Bernard", "Carl", "Cecil", "Charles", "Daniel", "David", "Edgar", "Edward",
        "Elias", "Ernest", "Francis", "Frederick", "George", "Gustaf", "Hans", "Harold", "Harry", "Henry", "Herbert", "Hugh", "Ivan", "James",
        "Johan", "John", "Joseph", "Karl", "Lawrence", "Leonard", "Louis", "Martin", "Michael", "Nils", "Olaf", "Oscar", "Patrick", "Percy", "Peter",
        "Philip", "Ralph", "Richard", "Robert", "Samuel", "Sidney", "Stephen", "Thomas", "Victor", "Walter", "William",
    ];

    public static readonly string[] Women =
    [
        "Ada", "Agnes", "Alice", "Amelia", "Anna", "Annie", "Beatrice", "Bertha", "Bridget", "Catherine", "Charlotte", "Clara", "Edith", "Eleanor",
        "Elin", "Elizabeth", "Ellen", "Elsie", "Emily", "Emma", "Esther", "Ethel", "Eva", "Florence", "Frances", "Gertrude", "Grace", "Hanna",
        "Harriet", "Helen", "Hilda", "Ida", "Ingeborg", "Jane", "Johanna", "Julia", "Kate", "Laura", "Lillian", "Lucy", "Mabel", "Margaret", "Maria",
        "Marie", "Martha", "Mary", "Maud", "Nora", "Olga", "Rosa", "Ruth", "Sarah", "Selma", "Sofia", "Susan", "Winifred",
    ];
}
