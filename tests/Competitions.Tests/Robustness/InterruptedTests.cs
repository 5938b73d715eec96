using System.Diagnostics;

namespace Kaggle.Tests.Competitions.Robustness;

/// <summary>What a run leaves when it is stopped, killed, doubled, or has no room.</summary>
public sealed class InterruptedTests : IDisposable
{
    readonly TitanicFiles files = new();

    public void Dispose() => files.Dispose();

    string[] Quick(string folder) => ["--quick", "--seed", "7", "--data", files.Data, "--out", Path.Combine(files.Folder, folder)];

    byte[] Submission(string folder) => File.ReadAllBytes(Directory.GetFiles(Path.Combine(files.Folder, folder, "submissions"), "*.csv").Single());

    [Fact]
    public void A_run_killed_again_and_again_ends_with_the_bytes_of_an_unbroken_one()
    {
        Assert.Equal(0, RunningProgram.ToTheEnd("Titanic", Quick("unbroken")).Code);
        foreach (var line in new[] { "fold 1:", "fold 3:", "LightGbm, fold" })
        {
            using var program = new RunningProgram("Titanic", Quick("broken"));
            program.WaitFor(line);
            program.Kill();
        }
        Assert.Equal(0, RunningProgram.ToTheEnd("Titanic", Quick("broken")).Code);

        Assert.Equal(Submission("unbroken"), Submission("broken"));
    }

    [Fact]
    public void Two_programs_on_one_run_share_it_and_both_end_well()
    {
        using var first = new RunningProgram("Titanic", Quick("two"));
        using var second = new RunningProgram("Titanic", Quick("two"));

        Assert.Equal((0, 0), (first.WaitForEnd(), second.WaitForEnd()));
        Assert.Single(Directory.GetDirectories(Path.Combine(files.Folder, "two", "runs", "Titanic")), d => Path.GetFileName(d) != "units");
    }

    [Fact]
    public void Ctrl_c_ends_with_130_and_a_second_call_goes_on()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent by kill.");
        using (var program = new RunningProgram("Titanic", Quick("stopped")))
        {
            program.WaitFor("fold 1:");
            program.Interrupt();
            Assert.Equal(130, program.WaitForEnd());
        }
        var (code, printed) = RunningProgram.ToTheEnd("Titanic", Quick("stopped"));
        Assert.Equal(0, code);
        Assert.Contains("found finished", printed);
    }

    [Fact]
    public void A_finished_run_computes_nothing_again()
    {
        RunningProgram.ToTheEnd("Titanic", Quick("again"));
        var before = Submission("again");
        var (code, printed) = RunningProgram.ToTheEnd("Titanic", Quick("again"));

        Assert.Equal(0, code);
        Assert.Contains("finished before", printed);
        Assert.Equal(before, Submission("again"));
    }

    [Fact]
    public void A_full_disk_is_a_sentence_and_leaves_no_half_written_submission()
    {
        var room = Directory.CreateDirectory(Path.Combine(files.Folder, "small")).FullName;
        if (!OperatingSystem.IsLinux() || Mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", room) != 0)
            Assert.Skip("A small tmpfs can be mounted on Linux as root only.");
        try
        {
            var (code, printed) = RunningProgram.ToTheEnd("Titanic", "--quick", "--data", files.Data, "--out", room);
            Assert.True(code == 2, $"exit code {code}:\n{printed}");
            Assert.DoesNotContain("   at ", printed);
            Assert.Empty(Directory.GetFiles(room, "*.draft", SearchOption.AllDirectories));
        }
        finally
        {
            Process.Start("umount", [room])!.WaitForExit();
        }
    }

    static int Mount(params string[] arguments)
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode;
    }
}
