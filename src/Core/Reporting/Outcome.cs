using Kaggle.Core.Runs;

namespace Kaggle.Core.Reporting;

/// <summary>What an output is called: "1" says nothing without "Survived".</summary>
static class Outcome
{
    public static string Of(RunAnalysis analysis, string output) =>
        analysis.Targets is [{ Classes.Count: 2 } target] && target.Classes.Any(c => c.Name == output) ? $"{target.Column} = {output}" : output;
}
