using System.Diagnostics;
using System.Text;

namespace Kaggle.Tests.Competitions.Robustness;

/// <summary>A competition's built program, started as a user starts it: what it prints, how it ends, what it leaves.</summary>
sealed class RunningProgram : IDisposable
{
    readonly Process process;
    readonly StringBuilder printed = new();

    public RunningProgram(string competition, params IEnumerable<string> arguments)
    {
        // artifacts/bin/<tests>/<configuration> and artifacts/bin/<competition>/<configuration> lie side by side.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(here.Parent!.Parent!.FullName, competition, here.Name, competition + ".dll");
        // A shell that runs the tests in the background has them ignore Ctrl-C, and so would their children; env gives it back.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("KAGGLE_DATA");                // each test names its data
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Printed
    {
        get
        {
            lock (printed) return printed.ToString();
        }
    }

    /// <returns>The exit code and all that was printed.</returns>
    public static (int Code, string Printed) ToTheEnd(string competition, params IEnumerable<string> arguments)
    {
        using var program = new RunningProgram(competition, arguments);
        return (program.WaitForEnd(), program.Printed);
    }

    public int WaitForEnd()
    {
        if (!process.WaitForExit(TimeSpan.FromMinutes(5))) throw new TimeoutException($"Still running after five minutes:\n{Printed}");
        process.WaitForExit();                                  // and until all output is read
        return process.ExitCode;
    }

    /// <summary>Waits until a line with these words was printed, or the program has ended.</summary>
    public void WaitFor(string words)
    {
        while (!Printed.Contains(words, StringComparison.Ordinal) && !process.HasExited) Thread.Sleep(20);
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{process.Id}"])!.WaitForExit();

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    void Hear(object _, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (printed) printed.AppendLine(line.Data);
    }
}
