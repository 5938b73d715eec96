namespace Kaggle.Competitions.SmsSpam;

/// <summary>The message, and what a glance at it tells: numbers to call, prices, shouting.</summary>
public static class Messages
{
    /// <summary>Equal texts stay on one side of every fold.</summary>
    public static ColumnOptions Columns { get; } = new() { Group = "same" };

    public static DataFrame Describe(DataFrame messages)
    {
        var texts = messages.Texts("text");
        return new DataFrame()
            .With("text", texts)
            .With("Length", Counted(texts, text => text.Length))
            .With("Digits", Counted(texts, text => text.Count(char.IsDigit)))
            .With("LongestNumber", Counted(texts, LongestNumber))
            .With("Capitals", Counted(texts, text => text.Count(char.IsUpper) / (double)text.Length))
            .With("Money", Counted(texts, text => text.Count(letter => letter is '£' or '$' or '€')))
            .With("Exclamations", Counted(texts, text => text.Count(letter => letter == '!')));
    }

    static double LongestNumber(string text)
    {
        var (longest, length) = (0, 0);
        foreach (var letter in text) longest = Math.Max(longest, length = char.IsDigit(letter) ? length + 1 : 0);
        return longest;
    }

    static double[] Counted(string?[] texts, Func<string, double> count) => [.. texts.Select(text => string.IsNullOrEmpty(text) ? 0 : count(text))];
}
