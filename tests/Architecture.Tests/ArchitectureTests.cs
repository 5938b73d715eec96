using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Kaggle.Tests.Architecture;

public partial class ArchitectureTests
{
    /// <summary>Within Core a folder uses only folders above it.</summary>
    static readonly string[] Core =
        ["Data", "Validation", "Metrics", "Encoding", "Learning", "Ensembling", "Runs", "Submissions", "Reporting", "Commands"];

    static readonly IReadOnlySet<(string From, string To)> Arrows = FolderArrows.Read();

    [Fact]
    public void Within_core_a_folder_uses_only_folders_above_it() =>
        Assert.Empty(Arrows.Where(a => a.From.StartsWith("Core.") && a.To.StartsWith("Core.") &&
            Array.IndexOf(Core, a.To["Core.".Length..]) >= Array.IndexOf(Core, a.From["Core.".Length..])));

    [Fact]
    public void Every_folder_of_core_is_in_the_list() =>
        Assert.Empty(Arrows.SelectMany(a => new[] { a.From, a.To }).Where(f => f.StartsWith("Core.") && !Core.Contains(f["Core.".Length..])));

    [Fact]
    public void Core_knows_neither_baselines_nor_nets() =>
        Assert.Empty(Arrows.Where(a => a.From.StartsWith("Core") && !a.To.StartsWith("Core")));

    [Fact]
    public void Baselines_and_nets_do_not_know_each_other() =>
        Assert.Empty(Arrows.Where(a => a.From.StartsWith("Baselines") && a.To.StartsWith("Deep") || a.From.StartsWith("Deep") && a.To.StartsWith("Baselines")));

    [Fact]
    public void No_circle_of_folders()
    {
        // Folders that nothing points at are taken away until none is left; what remains goes round.
        var left = Arrows.ToHashSet();
        while (left.RemoveWhere(a => !left.Any(b => b.To == a.From)) > 0) { }
        Assert.Empty(left);
    }

    [Fact]
    public void The_drawing_shows_the_arrows_that_there_are()
    {
        // An arrow that follows from two others is left out, or nobody could read the drawing.
        var needed = Arrows.Where(a => !Arrows.Any(b => b.From == a.From && b.To != a.To && Reaches(b.To, a.To))).ToHashSet();
        var drawn = Arrow().Matches(File.ReadAllText(DrawingPath())).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToHashSet();
        Assert.True(drawn.SetEquals(needed), $"docs/architecture.md should hold these arrows and no others:\n{string.Join('\n', needed.Order().Select(a => $"    {a.From} --> {a.To}"))}");
    }

    static bool Reaches(string from, string to) => Arrows.Any(a => a.From == from && (a.To == to || Reaches(a.To, to)));

    static string DrawingPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "architecture.md");

    [GeneratedRegex(@"^\s*([\w.]+) --> ([\w.]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
