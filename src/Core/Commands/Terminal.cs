using Spectre.Console;

namespace Kaggle.Core.Commands;

/// <summary>Where a command prints: plain lines when piped, colours and tables on a terminal, results alone when quiet.</summary>
sealed class Terminal(bool quiet)
{
    readonly Lazy<IAnsiConsole> console = new(() =>
    {
        var made = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) made.Profile.Width = 160;          // a pipe has no width; tables must not be cut
        return made;
    });

    /// <summary>A person watches: progress may be redrawn in place.</summary>
    public bool IsLive { get; } = !quiet && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public IAnsiConsole Screen => console.Value;

    /// <summary>News on the way; nothing when quiet.</summary>
    public void Line(string text = "")
    {
        if (!quiet) Console.Out.WriteLine(text);
    }

    /// <summary>What was asked for: printed also when quiet.</summary>
    public void Result(string text) => Console.Out.WriteLine(text);

    public void Show(Grid grid) => grid.Show(Screen, IsLive);
}
