namespace Kaggle.Core.Data;

/// <summary>The name that a user may have meant.</summary>
public static class Nearest
{
    /// <returns>"Did you mean 'Survived'? There are Age, Fare, …": for the end of an error.</returns>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        var all = names.ToArray();
        if (all.Length == 0) return "There are none.";
        var (name, distance) = all.Select(n => (n, Distance(wrong.ToLowerInvariant(), n.ToLowerInvariant()))).MinBy(p => p.Item2);
        var listed = string.Join(", ", all.Take(20)) + (all.Length > 20 ? $" and {all.Length - 20} more" : "");
        return (distance <= Math.Max(1, wrong.Length / 3) ? $"Did you mean '{name}'? " : "") + $"There are: {listed}.";
    }

    /// <returns>The fewest letters to insert, delete or replace (Levenshtein).</returns>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
