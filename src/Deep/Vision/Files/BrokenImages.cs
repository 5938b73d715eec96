using System.Collections.Concurrent;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Finds the pictures that cannot be used before anything is trained: missing, empty, cut off, no pictures at all.</summary>
static class BrokenImages
{
    const int Most = 20;                                    // named in a sentence

    /// <summary>Decodes each picture once, as small as it goes; files whose bytes were found sound before are not looked at again.</summary>
    /// <exception cref="InputException">Some are broken and are not to be skipped: one list of them.</exception>
    public static LaidOutTables Checked(LaidOutTables tables, string place, ImageFiles files)
    {
        string?[] Sources(Table table) => [.. Enumerable.Range(0, table.Rows).Select(table[files.Picture].TextAt)];
        var (train, test) = (Sources(tables.Train), Sources(tables.Test));
        string[] own = [.. train.Concat(test).OfType<string>().Where(s => !s.Contains('#'))];
        var mark = Path.Combine(DecodedImages.UserCache(), $"{ContentHash.Of([tables.Digest, .. own])}.sound");
        if (own.Length == 0 || File.Exists(mark)) return tables;
        var broken = Find(own, place);
        if (broken.Count == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
            File.WriteAllText(mark, "");
            return tables;
        }
        if (!files.SkipBad)
            throw new InputException($"{broken.Count} of {own.Length} pictures cannot be used:\n  {string.Join("\n  ", broken.OrderBy(b => b.Key, StringComparer.Ordinal).Take(Most).Select(b => $"{b.Key} {b.Value}"))}" +
                (broken.Count > Most ? $"\n  and {broken.Count - Most} more" : "") + "\nMend or remove them, or leave them out: --skip-bad-images (AnyImages), or ImageFiles { SkipBad = true }.");
        int[] sound = [.. Enumerable.Range(0, train.Length).Where(i => train[i] is not { } s || !broken.ContainsKey(s))];
        return tables with
        {
            Train = tables.Train.Take(sound),
            Test = tables.Test.With(new TextValues(files.Picture, Array.ConvertAll(test, s => s is not null && broken.ContainsKey(s) ? null : s))),
        };
    }

    static ConcurrentDictionary<string, string> Find(string[] sources, string place)
    {
        var broken = new ConcurrentDictionary<string, string>();
        using var reader = new ImageReader(new(place));
        Parallel.ForEach(sources.Distinct(), source =>
        {
            var form = new ImageForm { Side = 8 };
            if (reader.Read(source, form, new byte[form.Bytes]) is { } wrong) broken[source] = wrong;
        });
        return broken;
    }
}
