using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>Runs a command and turns how it ended into an exit code and, for a user's mistake, a sentence.</summary>
static class Outcome
{
    public const int Done = 0, Bug = 1, Mistake = 2, Interrupted = 130;

    public static async Task<int> OfAsync(Func<CancellationToken, Task<int>> command, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = Signals.Stop(stop);
        try
        {
            var code = await command(stop.Token);
            return stop.IsCancellationRequested ? Interrupted : code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            error.WriteLine("Stopped. What was finished stays; the same command goes on with it.");
            return Interrupted;
        }
        catch (InputException e)
        {
            error.WriteLine(e.Message);
            return Mistake;
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            error.WriteLine($"The disk is full: {e.Message} What was finished stays; free space and call the same command again.");
            return Mistake;
        }
        catch (Exception e)
        {
            error.WriteLine("This is a bug of the toolkit's; please report it with the lines below.");
            error.WriteLine(e);
            return Bug;
        }
    }

    // ENOSPC and EDQUOT on Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    static bool IsDiskFull(IOException e) =>
        (e.HResult & 0xffff) is 28 or 122 or 69 or 112 or 39 || e.Message.Contains("No space left", StringComparison.Ordinal);
}
