namespace Kaggle.Core.Data;

/// <summary>What the leak guard or the run wants to be known, with its figures.</summary>
/// <param name="Severity">"note", "warning" or "danger".</param>
/// <param name="Code">Stable and short: "duplicate-rows".</param>
/// <param name="Sentence">What, with the figures, and what to do.</param>
public sealed record Warning(string Severity, string Code, string Sentence);
