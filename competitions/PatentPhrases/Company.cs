using System.Numerics.Tensors;

namespace Kaggle.Competitions.PatentPhrases;

/// <summary>Vectors of words by whom they stand with: all targets of an anchor with it, and all phrases of a field.</summary>
public sealed record Company(WordVectors OfAnchors, WordVectors OfFields, IReadOnlyDictionary<string, float[]> Fields)
{
    public static Company Learn(string[] anchors, string[] targets, string[] contexts)
    {
        var ofAnchors = CompanyOfWords.Learn(Groups(anchors, anchors, targets), width: 64);
        var fields = Groups(contexts, anchors, targets);
        var ofFields = CompanyOfWords.Learn(fields, width: 48);
        string[] names = [.. contexts.Distinct()];
        return new(ofAnchors, ofFields, names.Zip(fields, (name, words) => (name, vector: ofFields.Mean(words))).ToDictionary(f => f.name, f => f.vector));
    }

    /// <returns>(rows) how well each phrase suits the field that it stands in.</returns>
    public double[] WithField(string[] phrases, string[] contexts) =>
        [.. phrases.Zip(contexts, (phrase, context) => (double)CompanyLikeness.Cosine(OfFields.Mean(CompanyLikeness.Stems(PhrasePair.Words(phrase))), Fields[context]))];

    /// <summary>The stems of all phrases of a group, the groups in the order in which they first come.</summary>
    static List<IReadOnlyList<string>> Groups(string[] keys, string[] anchors, string[] targets)
    {
        var groups = new Dictionary<string, HashSet<string>>();
        for (var row = 0; row < keys.Length; row++)
        {
            if (!groups.TryGetValue(keys[row], out var phrases)) groups[keys[row]] = phrases = [];
            phrases.Add(anchors[row]);
            phrases.Add(targets[row]);
        }
        return [.. groups.Values.Select(phrases => (IReadOnlyList<string>)[.. phrases.SelectMany(phrase => CompanyLikeness.Stems(PhrasePair.Words(phrase)))])];
    }
}

/// <summary>Likeness of phrases by their words' vectors.</summary>
public static class CompanyLikeness
{
    public readonly record struct Columns(double[] Whole, double[] Rest, double[] Nearest, double[] Last);

    public static Columns Likeness(this WordVectors vectors, PhrasePair[] pairs)
    {
        var columns = new Columns(new double[pairs.Length], new double[pairs.Length], new double[pairs.Length], new double[pairs.Length]);
        for (var row = 0; row < pairs.Length; row++)
        {
            var pair = pairs[row];
            string[] anchor = Stems(pair.AnchorWords), target = Stems(pair.TargetWords);
            var (ofAnchor, ofTarget) = pair.Rest();
            columns.Whole[row] = Cosine(vectors.Mean(anchor), vectors.Mean(target));
            // Where nothing is left over on one side, the other side's rest is compared with the whole.
            columns.Rest[row] = ofAnchor.Length + ofTarget.Length == 0 ? 1
                : Cosine(vectors.Mean(ofAnchor.Length > 0 ? Stems(ofAnchor) : anchor), vectors.Mean(ofTarget.Length > 0 ? Stems(ofTarget) : target));
            columns.Nearest[row] = target.Length == 0 ? 0 : target.Average(t => anchor.Select(a => a == t ? 1 : Cosine(vectors.Of(a), vectors.Of(t))).DefaultIfEmpty().Max());
            columns.Last[row] = anchor.Length == 0 || target.Length == 0 ? 0 : anchor[^1] == target[^1] ? 1 : Cosine(vectors.Of(anchor[^1]), vectors.Of(target[^1]));
        }
        return columns;
    }

    public static string[] Stems(string[] words) => Array.ConvertAll(words, PhrasePair.Stem);

    /// <returns>0 where one of them says nothing.</returns>
    public static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.IsEmpty || b.IsEmpty) return 0;
        var lengths = TensorPrimitives.Norm(a) * TensorPrimitives.Norm(b);
        return lengths > 0 ? TensorPrimitives.Dot(a, b) / lengths : 0;
    }
}
