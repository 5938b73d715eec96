using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Kaggle.Benchmarks.Reading;

/// <summary>A Python process that reads the file each time it is asked and says how long that took.</summary>
sealed class Pandas : IDisposable
{
    const string Script =
        """
        import sys, time
        import pandas
        print(pandas.__version__, flush=True)
        typed = dict(parse_dates=["when"], dtype={name: "category" for name in ("port", "colour", "shop")})
        for asked in sys.stdin:
            started, worked = time.perf_counter(), time.process_time()
            table = pandas.read_csv(sys.argv[1], engine="c", **(typed if asked.strip() == "typed" else {}))
            print(time.perf_counter() - started, time.process_time() - worked, flush=True)
            del table
        """;

    readonly Process process;

    Pandas(Process process) => this.process = process;

    /// <returns>Null when there is no Python with pandas.</returns>
    public static Pandas? Start(string path)
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
            try
            {
                var process = Process.Start(new ProcessStartInfo(python, ["-c", Script, path])
                {
                    RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                })!;
                if (process.StandardOutput.ReadLine() is not { } version) continue;
                Console.WriteLine($"beside pandas {version}");
                return new(process);
            }
            catch (Win32Exception) { }                      // not this one
        return null;
    }

    /// <param name="typed">Whether dates are parsed and categories coded, as this project does; else they stay strings.</param>
    public Took Read(bool typed)
    {
        process.StandardInput.WriteLine(typed ? "typed" : "plain");
        var said = process.StandardOutput.ReadLine()!.Split(' ').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        return new(said[0], said[1]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
