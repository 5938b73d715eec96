using System.Diagnostics;
using System.Text.Json;

namespace Kaggle.Tests.Competitions;

/// <summary>A competition's program as a user runs it: a process of its own, without KAGGLE_DATA, so that it takes its sample.</summary>
sealed class Declared(string name) : IDisposable
{
    public string Out { get; } = Directory.CreateTempSubdirectory("competition-").FullName;

    /// <returns>The exit code and all that was printed.</returns>
    public async Task<(int Code, string Printed)> Run(params string[] arguments)
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));
        var start = new ProcessStartInfo("dotnet", [built, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Remove("KAGGLE_DATA");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (printed, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await printed + await faults);
    }

    public JsonElement RunJson()
    {
        var path = Assert.Single(Directory.GetFiles(Path.Combine(Out, "runs", name), "run.json", SearchOption.AllDirectories));
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    public string[] Submission() => File.ReadAllLines(Assert.Single(Directory.GetFiles(Path.Combine(Out, "submissions"), "*.csv")));

    public string[] Report() => Directory.GetFiles(Path.Combine(Out, "runs", name), "report.html", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Out, recursive: true);
}
