namespace Kaggle.Competitions.PatentPhrases.Simulation;

/// <param name="Code">As the context writes it.</param>
/// <param name="Qualities">Words of one meaning side by side.</param>
/// <param name="Things">Words of one meaning side by side.</param>
public sealed record Field(string Code, string[][] Qualities, string[][] Things);

/// <summary>The words of the simulated patents.</summary>
public static class Vocabulary
{
    public static readonly IReadOnlyList<Field> Fields =
    [
        new("F16", [["rotary", "turning", "revolving"], ["planetary", "epicyclic"], ["sealed", "gasketed"], ["toothed", "cogged"]],
            [["gear", "pinion", "cogwheel"], ["shaft", "spindle", "axle"], ["bearing", "bushing"], ["valve", "tap"]]),
        new("H01", [["conductive", "conducting"], ["insulated", "shielded"], ["ceramic", "porcelain"], ["buried", "embedded"]],
            [["electrode", "anode", "cathode"], ["wire", "lead", "conductor"], ["capacitor", "condenser"], ["layer", "film", "coating"]]),
        new("A61", [["surgical", "operative"], ["sterile", "aseptic"], ["implanted", "inserted"], ["oral", "buccal"]],
            [["needle", "cannula"], ["tissue", "membrane"], ["dressing", "bandage"], ["dose", "dosage"]]),
        new("G06", [["encrypted", "ciphered"], ["stored", "cached", "buffered"], ["shared", "common"], ["virtual", "simulated"]],
            [["record", "entry"], ["memory", "storage"], ["message", "packet"], ["processor", "controller"]]),
        new("C07", [["organic", "carbonaceous"], ["acidic", "acid"], ["aromatic", "benzenoid"], ["soluble", "dissolvable"]],
            [["compound", "substance"], ["polymer", "resin"], ["catalyst", "accelerator"], ["solution", "mixture"]]),
    ];

    /// <returns>The other words of a word's meaning.</returns>
    public static string[] Meaning(string[][] words, string word) => [.. words.First(meaning => meaning.Contains(word)).Where(other => other != word)];
}
