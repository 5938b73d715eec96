using System.Text;

namespace Kaggle.Core.Data;

/// <summary>Texts for simulated samples, drawn from rules: in "smoke over {place}" one line of the rule "place" takes the braces' place, and so on within it.</summary>
/// <param name="rules">By name; each line is as likely as the others.</param>
public sealed class Grammar(IReadOnlyDictionary<string, string[]> rules)
{
    /// <returns>One text of the rule.</returns>
    public string Draw(string rule, Draws draws)
    {
        var line = draws.Of(rules[rule]);
        if (!line.Contains('{')) return line;
        var text = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            var open = line.IndexOf('{', at);
            if (open < 0) open = line.Length;
            text.Append(line, at, open - at);
            if (open == line.Length) break;
            var close = line.IndexOf('}', open);
            text.Append(Draw(line[(open + 1)..close], draws));
            at = close + 1;
        }
        return text.ToString();
    }
}
