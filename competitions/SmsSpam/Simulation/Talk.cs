namespace Kaggle.Competitions.SmsSpam.Simulation;

/// <summary>The grammar of the simulated messages.</summary>
public static class Talk
{
    public static readonly IReadOnlyDictionary<string, string[]> Rules = new Dictionary<string, string[]>
    {
        ["spam"] =
        [
            "{shout} {won} {prize}! {call} {phone}{terms}",
            "{shout} Your {account} {due}. {call} {phone} {now}",
            "FREE {ware} for your mobile! Text {code} to {short}{terms}",
            "{hot} singles near you want to chat. Text {code} to {short}{terms}",
            "Last chance: {prize} for {price} only! Reply {code} or {call} {phone}",
            "{shout} You owe nothing: claim {prize} at www.{site}.com, code {code}{digits}",
        ],
        ["ham"] =
        [
            "{hey}{sorry} {doing} {when}, {ask}",
            "{hey}{ask}",
            "{yes}. {doing} {when}",
            "{hey}can you {favour} {when}? {thanks}",
            "{sorry} {doing}. {thanks}",
            "{yes} {smile}",
            "{family} says {ask} {smile}",
            "Where are you? {doing} {when} {smile}",
        ],
        ["shout"] = ["URGENT!", "WINNER!!", "Congrats!", "IMPORTANT:", "Dear customer,", "ATTENTION"],
        ["won"] = ["You have won", "You are awarded", "Your number was drawn for", "Claim"],
        ["prize"] = ["a £{digits}00 prize", "a £{digits} voucher", "a holiday for two", "2 concert tickets", "the newest camera phone", "£{digits},000 cash"],
        ["call"] = ["Call", "Ring", "To claim call", "Phone now"],
        ["phone"] = ["0906{digits}{digits}1", "0871{digits}{digits}4", "0800{digits}{digits}7"],
        ["digits"] = ["150", "250", "417", "509", "832", "964"],
        ["terms"] = [" 150p/msg, 18+", " T&Cs apply", ". Std txt rate", " (stop? text STOP)", ""],
        ["account"] = ["bonus points", "mobile contract", "loan request", "refund"],
        ["due"] = ["expires today", "was approved", "must be confirmed", "is waiting"],
        ["now"] = ["now", "before midnight", "within 24hrs", "today only"],
        ["ware"] = ["ringtones", "wallpapers", "games", "minutes"],
        ["code"] = ["WIN", "YES", "GO", "TONE", "CLAIM", "HOT"],
        ["short"] = ["8{digits}7", "6{digits}6", "8{digits}2"],
        ["hot"] = ["HOT", "Local", "Lonely", "Sexy"],
        ["price"] = ["£1", "£4.99", "10p"],
        ["site"] = ["prizes4u", "textwin", "mobiledealz", "luckyline"],
        ["hey"] = ["", "", "hey, ", "Hi {name}! ", "ok {name}, ", "yo "],
        ["name"] = ["Sam", "babe", "Priya", "mate", "Tom", "aunty", "darling"],
        ["sorry"] = ["", "sorry i'm late,", "my phone died,", "lol", "haha", "sry,"],
        ["doing"] = ["i'm on the bus", "still in class", "at the gym", "cooking dinner", "going to sleep", "leaving home", "watching the match", "stuck in traffic"],
        ["when"] = ["now", "tonight", "after work", "at 5", "tomorrow", "in 10 min", "this weekend"],
        ["ask"] = ["wanna meet", "did you eat?", "call me later", "what time is the film", "are you coming", "how was the exam?", "miss you", "see you there"],
        ["yes"] = ["ok", "yeah sure", "no problem", "K", "fine by me", "cool"],
        ["favour"] = ["pick me up", "bring milk", "send me the notes", "lend me ten pounds", "call mum", "feed the cat"],
        ["thanks"] = ["thx", "Thanks!", "love u", "x", "u r the best", "ta"],
        ["smile"] = [":)", "😊", "lol", ";)", "...", "😂"],
        ["family"] = ["Mum", "Dad", "my sister", "Grandma", "the landlord"],
    };
}
