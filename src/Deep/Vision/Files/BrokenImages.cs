using System.Collections.Concurrent;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Vision.Files;

/// <summary>Finds the pictures that cannot be used before anything is trained: missing, empty, cut off, unreadable, no pictures at all.</summary>
static class BrokenImages
{
    const int Most = 20;                                    // named in a sentence

    /// <summary>Decodes each picture once, as small as it goes; files whose bytes were found sound before are not looked at again.</summary>
    /// <exception cref="InputException">Some are broken and are not to be skipped: one list of them.</exception>
    public static LaidOutTables Checked(LaidOutTables tables, string place, bool skip)
    {
        var column = tables.Kinds.First(k => k.Value == ColumnKind.Image).Key;
        string?[] Sources(Table table) => [.. Enumerable.Range(0, table.Rows).Select(table[column].TextAt)];
        var (train, test) = (Sources(tables.Train), Sources(tables.Test));
        string[] own = [.. train.Concat(test).OfType<string>().Where(s => !s.Contains('#'))];
        if (own.Length == 0) return tables;
        var mark = Path.Combine(DecodedImages.UserCache(), $"{ContentHash.Of([tables.Digest, .. own])}.sound");
        if (File.Exists(mark)) return tables;
        var broken = Find(own, place);
        if (broken.IsEmpty)
        {
            Remember(mark);
            return tables;
        }
        if (!skip) throw Refused([.. broken.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => $"{b.Key} {b.Value}")], own.Length);
        int[] sound = [.. Enumerable.Range(0, train.Length).Where(i => train[i] is not { } s || !broken.ContainsKey(s))];
        return tables with
        {
            Train = tables.Train.Take(sound),
            Test = tables.Test.With(new TextValues(column, Array.ConvertAll(test, s => s is not null && broken.ContainsKey(s) ? null : s))),
        };
    }

    /// <param name="said">Each broken picture's name and what is wrong with it.</param>
    /// <param name="of">How many were looked at.</param>
    public static InputException Refused(IReadOnlyList<string> said, int of) =>
        new($"{said.Count} of {of} pictures cannot be used:\n  {string.Join("\n  ", said.Take(Most))}" +
            (said.Count > Most ? $"\n  and {said.Count - Most} more" : "") + "\nMend or remove them, or leave them out: --skip-bad-images.");

    static void Remember(string mark)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
            File.WriteAllText(mark, "");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // They are looked at again the next time.
        }
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
