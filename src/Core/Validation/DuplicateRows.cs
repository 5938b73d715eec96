using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Rows whose columns are all equal, within train and across train and test.</summary>
static class DuplicateRows
{
    public static IEnumerable<Warning> Find(Dataset train, Dataset? test, IReadOnlyList<Fold>? folds)
    {
        if (train.Columns.Length == 0) yield break;
        var hashes = Hashes(train, train);
        var first = new Dictionary<ulong, int>();
        var twins = new List<(int First, int Again)>();
        for (var row = 0; row < hashes.Length; row++)
            if (!first.TryAdd(hashes[row], row)) twins.Add((first[hashes[row]], row));
        if (twins.Count > 0) yield return WithinTrain(train, twins, folds);

        if (test is null) yield break;
        var known = Hashes(test, train).Count(first.ContainsKey);
        if (known > 0)
            yield return new(known > 0.01 * test.Rows ? "warning" : "note", "duplicate-rows-in-test", FormattableString.Invariant(
                $"{known} of {test.Rows} test rows ({100.0 * known / test.Rows:0.##} %) equal a training row in every column: their answers are known as far as equal rows agree, and the public score will flatter what memorises."));
    }

    static Warning WithinTrain(Dataset train, List<(int First, int Again)> twins, IReadOnlyList<Fold>? folds)
    {
        var truth = train.Answers.Truth;
        var disagree = twins.Count(twin => !truth.Row(twin.First).SequenceEqual(truth.Row(twin.Again)));
        var crossing = 0;
        if (folds is not null)
        {
            var judge = Enumerable.Repeat(-1, train.Rows).ToArray();
            foreach (var fold in folds.Where(fold => fold.Repeat == 0))
                foreach (var row in fold.Validation) judge[row] = fold.Number;
            crossing = twins.Count(twin => judge[twin.First] != judge[twin.Again]);
        }
        var share = (double)twins.Count / train.Rows;
        return new(share > 0.01 && crossing > 0 ? "warning" : "note", "duplicate-rows", FormattableString.Invariant(
            $"{twins.Count} of {train.Rows} training rows ({share * 100:0.##} %) repeat an earlier one in every column; {disagree} of them have another answer{(folds is null ? "" : $", and {crossing} are judged by a model that learned from their twin")}. Drop them or keep twins together by a group."));
    }

    /// <returns>(rows) equal for rows that are equal in all of the columns of <paramref name="like"/>.</returns>
    static ulong[] Hashes(Dataset rows, Dataset like)
    {
        var hashes = new ulong[rows.Rows];
        foreach (var name in like.Columns.Select(column => column.Name).Where(rows.Has))
        {
            switch (rows[name])
            {
                case NumberColumn numbers: Mix(hashes, numbers.Values.Span, value => BitConverter.SingleToUInt32Bits(float.IsNaN(value) ? float.NaN : value + 0f)); break;
                case CategoryColumn codes: Mix(hashes, codes.Codes.Span, code => (uint)(code + 1)); break;
                case DateColumn dates: Mix(hashes, dates.Ticks.Span, ticks => (ulong)ticks); break;
                case TextColumn texts: Mix(hashes, texts.Texts.Span, Text); break;
                case ImageColumn images: Mix(hashes, images.Sources.Span, Text); break;
            }
        }
        return hashes;
    }

    static void Mix<T>(ulong[] hashes, ReadOnlySpan<T> values, Func<T, ulong> bits)
    {
        for (var row = 0; row < hashes.Length; row++) hashes[row] = Mixed(hashes[row] ^ bits(values[row]));
    }

    static ulong Text(string? text)
    {
        if (text is null) return 1;
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }

    /// <summary>splitmix64: every bit reaches every other.</summary>
    static ulong Mixed(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
