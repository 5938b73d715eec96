using System.Collections.Immutable;

namespace Kaggle.Competitions.PatentPhrases;

/// <summary>What two phrases have in common: letters, words, the company their words keep, and how the target stands among its anchor's others.</summary>
/// <remarks>Everything is learned from the phrases alone, of train and test together; no score is looked at.</remarks>
public static class Phrases
{
    /// <summary>An anchor with all its rows is on one side of every fold, as it is in the test.</summary>
    public static ColumnOptions Columns { get; } = new()
    {
        Group = "anchor",
        Kinds = new Dictionary<string, ColumnKind> { ["anchor"] = ColumnKind.Text, ["target"] = ColumnKind.Text, ["context"] = ColumnKind.Category }.ToImmutableDictionary(),
    };

    public static DataFrame Describe(DataFrame rows)
    {
        string[] anchors = Present(rows, "anchor"), targets = Present(rows, "target"), contexts = Present(rows, "context");
        var pairs = anchors.Zip(targets, (anchor, target) => new PhrasePair(anchor, target)).ToArray();
        var frame = new DataFrame()
            .With("target", targets)
            .With("Section", [.. contexts.Select(context => context.Length > 0 ? context[..1] : null)]);

        // How alike the letters and words are.
        frame
            .With("AnchorLength", Each(pairs, p => p.Anchor.Length)).With("TargetLength", Each(pairs, p => p.Target.Length))
            .With("AnchorWords", Each(pairs, p => p.AnchorWords.Length)).With("TargetWords", Each(pairs, p => p.TargetWords.Length))
            .With("Edit", Each(pairs, p => PhraseLikeness.Edit(p.Anchor, p.Target)))
            .With("LongestShared", Each(pairs, p => PhraseLikeness.LongestShared(p.Anchor, p.Target)))
            .With("SharedStems", Each(pairs, p => p.SharedStems))
            .With("StemJaccard", Each(pairs, p => PhraseLikeness.Jaccard(p.AnchorStems, p.TargetStems)))
            .With("AnchorCovered", Each(pairs, p => p.SharedStems / Math.Max(1.0, p.AnchorStems.Count)))
            .With("TargetCovered", Each(pairs, p => p.SharedStems / Math.Max(1.0, p.TargetStems.Count)))
            .With("SameFirst", Each(pairs, p => p.SameAt(0, 0)))
            .With("SameLast", Each(pairs, p => p.SameAt(^1, ^1)))
            .With("LastOfAnchorIn", Each(pairs, p => p.AnchorWords.Length > 0 && p.TargetStems.Contains(PhrasePair.Stem(p.AnchorWords[^1])) ? 1 : 0));

        // How alike they are by rare pieces.
        string[] all = [.. anchors, .. targets];
        double[] letters = Cosines(all, new TfIdf { Words = null, Letters = new(2, 5) { MinTexts = 1 } });
        double[] words = Cosines(all, new TfIdf { Letters = null, Words = new(1, 1) { MinTexts = 1 } });
        frame.With("Letters", letters).With("Words", words);

        // Whether their words keep the same company: within anchors, and within fields.
        var company = Company.Learn(anchors, targets, contexts);
        var byAnchor = company.OfAnchors.Likeness(pairs);
        frame
            .With("Company", byAnchor.Whole).With("CompanyOfRest", byAnchor.Rest).With("CompanyNearest", byAnchor.Nearest)
            .With("CompanyOfLast", byAnchor.Last);
        var byField = company.OfFields.Likeness(pairs);
        frame.With("Field", byField.Whole).With("FieldOfRest", byField.Rest).With("FieldOfLast", byField.Last);
        frame.With("TargetInField", company.WithField(targets, contexts)).With("AnchorInField", company.WithField(anchors, contexts));

        // Where the target stands among the others.
        var group = new Standing(anchors);
        frame
            .With("RankLetters", group.Rank(letters)).With("RankCompany", group.Rank(byAnchor.Whole)).With("RankEdit", group.Rank(Each(pairs, p => PhraseLikeness.Edit(p.Anchor, p.Target))))
            .With("RankStems", group.Rank(Each(pairs, p => PhraseLikeness.Jaccard(p.AnchorStems, p.TargetStems))));
        var near = TextLikeness.Of(targets, new TfIdf { Words = null, Letters = new(2, 5) { MinTexts = 1 } });
        frame.With("LikeOthers", group.MeanLikeness(near)).With("NearestOther", group.GreatestLikeness(near));
        frame
            .With("RowsOfAnchor", Counts(anchors)).With("RowsOfTarget", Counts(targets)).With("RowsOfPair", Counts([.. anchors.Zip(targets, (a, t) => $"{a}|{t}")]))
            .With("RowsOfAnchorInContext", Counts([.. anchors.Zip(contexts, (a, c) => $"{a}|{c}")]))
            .With("AnchorsOfTarget", Different(targets, anchors)).With("ContextsOfAnchor", Different(anchors, contexts));
        return frame;
    }

    static double[] Cosines(string[] anchorsThenTargets, TfIdf settings)
    {
        var likeness = TextLikeness.Of(anchorsThenTargets, settings);
        var rows = anchorsThenTargets.Length / 2;
        return [.. Enumerable.Range(0, rows).Select(row => (double)likeness.Cosine(row, rows + row))];
    }

    static double[] Each(PhrasePair[] pairs, Func<PhrasePair, double> value) => [.. pairs.AsParallel().AsOrdered().Select(value)];

    static double[] Counts(string[] keys)
    {
        var counts = keys.CountBy(key => key).ToDictionary();
        return [.. keys.Select(key => Math.Log(counts[key]))];
    }

    /// <summary>How many different others stand beside each key.</summary>
    static double[] Different(string[] keys, string[] others)
    {
        var different = keys.Zip(others).Distinct().CountBy(pair => pair.First).ToDictionary();
        return [.. keys.Select(key => Math.Log(different[key]))];
    }

    static string[] Present(DataFrame rows, string column) => [.. rows.Texts(column).Select(text => text ?? "")];
}
