using Kaggle.Core.Data;

namespace Kaggle.Core.Reporting;

/// <summary>report.html: one file that needs no network, made from a run folder and nothing else.</summary>
public static class RunReport
{
    public const string FileName = "report.html";

    // In the order of the page. A new section is a record, a template of its id, and a line here.
    static readonly Func<FinishedRun, Section?>[] Sections =
    [
        WarningsSection.Of,
        LeaderboardSection.Of,
        EnsembleSection.Of,
        LearningCurvesSection.Of,
        ActivationsSection.Of,
        ClassificationSection.Of,
        ConfusedSection.Of,
        RegressionSection.Of,
        SamplesSection.Of,
        ExplanationSection.Of,
        TextsSection.Of,
        RatingsSection.Of,
        PictureMapSection.Of,
        ErrorsSection.Of,
        MistakesSection.Of,
        DataSection.Of,
        SettingsSection.Of,
    ];

    /// <summary>Writes report.html beside run.json, under a temporary name first.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="InputException">The folder is no run folder.</exception>
    public static string Write(string runFolder)
    {
        var page = Html(runFolder);
        var path = Path.Combine(runFolder, FileName);
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(unfinished, page);
        File.Move(unfinished, path, overwrite: true);
        return path;
    }

    /// <returns>The page's text.</returns>
    /// <exception cref="InputException">The folder is no run folder.</exception>
    public static string Html(string runFolder)
    {
        var run = FinishedRun.Read(runFolder);
        return Templates.Render("page", Page.Of(run, [.. Sections.Select(make => make(run)).OfType<Section>()]));
    }
}
