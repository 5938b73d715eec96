namespace Kaggle.Competitions.DisasterTweets.Simulation;

/// <summary>The grammar of the simulated tweets. KEYWORD is replaced by the tweet's own word of disaster.</summary>
public static class Phrases
{
    /// <summary>The keyword as the column writes it, and as it stands in a sentence.</summary>
    public static readonly IReadOnlyList<(string Keyword, string InText)> Keywords =
    [
        ("fire", "fire"), ("flood", "flood"), ("earthquake", "earthquake"), ("landslide", "landslide"), ("storm", "storm"), ("explosion", "explosion"),
        ("bush%20fire", "bush fire"), ("wreck", "wreck"), ("collapse", "collapse"), ("blast", "blast"), ("panic", "panic"), ("burning", "burning"),
    ];

    public static readonly IReadOnlyDictionary<string, string[]> Rules = new Dictionary<string, string[]>
    {
        ["news"] =
        [
            "{alarm}KEYWORD {near} {place}, {count} {harm}{tail}",
            "{source}: KEYWORD {near} {place} leaves {count} {harm}{tail}",
            "{count} {harm} after KEYWORD {near} {place}{tail}",
            "{crew} {work} as KEYWORD spreads {near} {place}{tail}",
            "Residents of {place} told to {leave} because of the KEYWORD{tail}",
            "{alarm}KEYWORD {near} {place}. {road} is closed, {crew} {work}{tail}",
        ],
        ["talk"] =
        [
            "this {thing} is a total KEYWORD {laugh}",
            "{me} {feel} like a KEYWORD {when} {laugh}",
            "my {relative} just called my {thing} a KEYWORD {laugh}",
            "{person} new {work_of_art} is pure KEYWORD, {praise}{link}",
            "KEYWORD {when}, {praise} {laugh}",
            "Listening to KEYWORD by {person} {when}{link}",
            "{me} need a nap, my {thing} is a KEYWORD {emoji}",
        ],
        ["ambiguous"] = ["KEYWORD {again}", "another KEYWORD {again}{link}", "so much KEYWORD {again}", "they say KEYWORD {again}"],
        ["again"] = ["again", "tonight", "in {place}", "near me", "on the way home", "today"],
        ["alarm"] = ["", "", "BREAKING: ", "Update: ", "#BREAKING ", "Just in: "],
        ["source"] = ["BBC News", "Reuters", "Local police", "County sheriff", "@cityalerts", "Radio 4"],
        ["near"] = ["near", "in", "outside", "north of", "close to", "at"],
        ["place"] = ["{town}", "{town} {spot}", "the {spot} of {town}"],
        ["town"] = ["Ashford", "Kuala Lipis", "San Marco", "Brookfield", "Nagoya", "Port Elgin", "Villanueva", "Kirkwall", "Dunedin", "Lakeview"],
        ["spot"] = ["station", "harbour", "market", "airport", "school", "bridge", "hospital"],
        ["count"] = ["{number}", "at least {number}", "more than {number}", "{number} people"],
        ["number"] = ["two", "3", "12", "17", "dozens", "40", "hundreds", "9", "six"],
        ["harm"] = ["injured", "dead", "missing", "evacuated", "trapped", "homeless", "feared dead"],
        ["crew"] = ["Firefighters", "Rescue teams", "Emergency crews", "Police", "Volunteers", "The army"],
        ["work"] = ["on the scene", "searching for survivors", "still at work", "evacuating homes", "treating the wounded"],
        ["leave"] = ["leave their homes", "shelter in place", "evacuate", "stay indoors", "boil their water"],
        ["road"] = ["Highway 20", "The A9", "Main Street", "Route 7"],
        ["tail"] = ["", "", " http://t.co/{code}", " #{tag}", " #{tag} http://t.co/{code}", "."],
        ["tag"] = ["news", "wildfire", "weather", "emergency", "help"],
        ["link"] = ["", "", " http://t.co/{code}"],
        ["code"] = ["a8Kd2", "Zq91x", "pLm3C", "tY7uw", "0oQvN"],
        ["thing"] = ["room", "hair", "exam", "fantasy team", "kitchen", "love life", "playlist", "essay"],
        ["me"] = ["i", "honestly i", "lol i", "i totally"],
        ["feel"] = ["feel", "look", "dance", "sing"],
        ["when"] = ["after that match", "every monday", "when my song comes on", "before coffee", "on the dance floor", "at 3am"],
        ["laugh"] = ["lol", "haha", "😂", "omg", "!!!", "😂😂", "smh", ""],
        ["emoji"] = ["😭", "😴", "🙈", "🔥"],
        ["relative"] = ["mom", "brother", "best friend", "boss", "gran"],
        ["person"] = ["Rihanna's", "the band's", "@djmira", "Ed's", "my favourite singer's"],
        ["work_of_art"] = ["mixtape", "album", "video", "verse", "look"],
        ["praise"] = ["i am obsessed", "best thing ever", "so good", "cannot stop smiling", "love it"],
        ["home"] = ["London", "USA", "worldwide", "Nigeria", "New York, NY", "Mumbai", "somewhere over the rainbow", "Canada"],
    };
}
