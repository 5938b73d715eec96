namespace Kaggle.Competitions.PatentPhrases;

/// <summary>An anchor and a target, taken apart into words.</summary>
public sealed record PhrasePair(string Anchor, string Target)
{
    public string[] AnchorWords { get; } = Words(Anchor);

    public string[] TargetWords { get; } = Words(Target);

    public IReadOnlySet<string> AnchorStems { get; } = Words(Anchor).Select(Stem).ToHashSet();

    public IReadOnlySet<string> TargetStems { get; } = Words(Target).Select(Stem).ToHashSet();

    public int SharedStems => AnchorStems.Count(TargetStems.Contains);

    /// <returns>1 where the words at these places have one stem.</returns>
    public double SameAt(Index ofAnchor, Index ofTarget) =>
        AnchorWords.Length > 0 && TargetWords.Length > 0 && Stem(AnchorWords[ofAnchor]) == Stem(TargetWords[ofTarget]) ? 1 : 0;

    /// <summary>Words that the other phrase does not have.</summary>
    public (string[] OfAnchor, string[] OfTarget) Rest() =>
        ([.. AnchorWords.Where(word => !TargetStems.Contains(Stem(word)))], [.. TargetWords.Where(word => !AnchorStems.Contains(Stem(word)))]);

    public static string[] Words(string phrase) => phrase.ToLowerInvariant().Split([' ', '-', ',', '/'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A word without its usual endings; crude, and enough for "gear" and "gears", "connect" and "connecting".</summary>
    public static string Stem(string word)
    {
        foreach (var ending in new[] { "ations", "ation", "ings", "ing", "ers", "ies", "ors", "ed", "es", "er", "or", "ly", "s", "y", "e" })
            if (word.Length - ending.Length >= 3 && word.EndsWith(ending, StringComparison.Ordinal)) return word[..^ending.Length];
        return word;
    }
}
