using System.Text.Json;

namespace Kaggle.Core.Reporting;

/// <summary>What makes the run again: the command, the declaration, the versions.</summary>
sealed record SettingsSection(
    string Command, IReadOnlyList<Fact> Settings, IReadOnlyList<LearnerSettings> Learners, IReadOnlyList<Fact> Packages, string Machine, string Seeds)
    : Section("settings", "Settings")
{
    public static Section Of(FinishedRun run)
    {
        // The learners' settings stand below, one by one.
        var document = run.Document;
        return new SettingsSection(document.Command, [.. Flat(document.Settings).Where(f => !f.Name.StartsWith("learners[", StringComparison.Ordinal))],
            [.. document.Learners.Select(l => new LearnerSettings(l.Name, [.. Flat(l.Settings)]))],
            [.. document.Packages.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new Fact(p.Key, p.Value))], document.Machine, string.Join(", ", document.Seeds));
    }

    /// <summary>{"a": {"b": 1}} is a.b = 1; lists of plain values stay in one line.</summary>
    static IEnumerable<Fact> Flat(JsonElement element, string prefix = "") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Flat(p.Value, prefix.Length == 0 ? p.Name : $"{prefix}.{p.Name}")),
        JsonValueKind.Array when element.GetArrayLength() == 0 => [],
        JsonValueKind.Array when element.EnumerateArray().All(e => e.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) =>
            [new(prefix, string.Join(", ", element.EnumerateArray().Select(Text)))],
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Flat(e, $"{prefix}[{i}]")),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [new(prefix, Text(element))],
    };

    static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
}

sealed record LearnerSettings(string Name, IReadOnlyList<Fact> Settings);
