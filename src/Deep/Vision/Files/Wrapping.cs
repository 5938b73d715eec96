namespace Kaggle.Deep.Vision.Files;

/// <summary>Folders that hold all the rest: what a zip wraps its files in.</summary>
static class Wrapping
{
    /// <param name="names">Of files.</param>
    /// <returns>"" and the path, ended by a slash, of each folder under which all of them lie, the outermost first.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names)
    {
        List<string> all = [""];
        while (names.Count > 0 && Next(all[^1]) is { } inner) all.Add(inner);
        return all;

        string? Next(string outer)
        {
            var end = names[0].IndexOf('/', outer.Length);
            return end >= 0 && names[0][..(end + 1)] is var inner && names.All(n => n.StartsWith(inner, StringComparison.Ordinal)) ? inner : null;
        }
    }
}
