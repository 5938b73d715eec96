using System.Text.RegularExpressions;

namespace Kaggle.Deep.Checkpoints;

/// <summary>From one project's names for a network's tensors to another's.</summary>
/// <param name="Sign">A pattern that at least one name of a checkpoint has, if it is of that project.</param>
/// <param name="Rules">Patterns and what takes their place; each is applied to what the one before it made.</param>
public sealed record NameMap(string Sign, params (string Pattern, Func<Match, string> Replacement)[] Rules)
{
    /// <returns>Whether the checkpoint was of that project; then its names are new.</returns>
    public bool Apply(StateDict checkpoint)
    {
        if (!checkpoint.Keys.Any(name => Regex.IsMatch(name, Sign))) return false;
        checkpoint.Rename(name => Rules.Aggregate(name, (now, rule) => Regex.Replace(now, rule.Pattern, m => rule.Replacement(m))));
        return true;
    }

    /// <summary>Takes off what all names begin with because the network was wrapped: "module." of PyTorch's data parallel training, and the like.</summary>
    public static void Unwrap(StateDict checkpoint)
    {
        foreach (var prefix in new[] { "_orig_mod.", "module.", "model.", "backbone.", "module." })
            if (checkpoint.Keys.Count > 0 && checkpoint.Keys.All(name => name.StartsWith(prefix, StringComparison.Ordinal)))
                checkpoint.Rename(name => name[prefix.Length..]);
    }
}
