using Kaggle.Core.Reporting;
using Kaggle.Core.Runs;

namespace Kaggle.Core.Commands;

/// <summary>Writes a run's report again, from its folder alone.</summary>
static class ReportCommand
{
    public static int Run(Session session, string? run)
    {
        var folder = RunFolder.Named(session.RunsFolder, run);
        RunReport.Write(folder.FullPath);
        session.Terminal.Result(folder.ReportPath);
        return Outcome.Done;
    }
}
