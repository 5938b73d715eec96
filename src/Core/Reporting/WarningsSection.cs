namespace Kaggle.Core.Reporting;

/// <summary>What the leak guard and the run want to be known, the gravest first.</summary>
sealed record WarningsSection(IReadOnlyList<WarningLine> Notes) : Section("warnings", "Warnings")
{
    static readonly string[] Gravest = ["danger", "warning", "note"];

    public static Section? Of(FinishedRun run)
    {
        var warnings = run.Document.Warnings;
        if (warnings.Count == 0) return null;
        return new WarningsSection([.. warnings.OrderBy(w => Array.IndexOf(Gravest, w.Severity) is >= 0 and var i ? i : Gravest.Length)
            .Select(w => new WarningLine(Gravest.Contains(w.Severity) ? w.Severity : "note", w.Code, w.Sentence))]);
    }
}

sealed record WarningLine(string Severity, string Code, string Sentence);
