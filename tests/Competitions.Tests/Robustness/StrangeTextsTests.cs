using System.Text;
using Kaggle.Tests.Competitions.Samples;

namespace Kaggle.Tests.Competitions.Robustness;

/// <summary>Texts as real files have them, from the file to the submission.</summary>
public sealed class StrangeTextsTests : IDisposable
{
    readonly Declared competition = new("SmsSpam");
    readonly string data = Directory.CreateTempSubdirectory("strange-texts-").FullName;

    public void Dispose()
    {
        competition.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Empty_endless_emoji_only_and_repeated_texts_go_through_to_a_small_report()
    {
        var endless = string.Concat(Enumerable.Repeat("call now and win 1000 again ", 10_000_000 / 28));
        string[] odd = ["ham,", "spam,", "ham,\" \"", "ham,😀😀😀", "spam,🎁", "ham,\uFFFD", "ham,a", "ham,a", "spam,a", $"spam,{endless}", $"ham,{endless}x", "ham,مرحبا", "spam,漢字かな交じり文"];
        Write([.. Sample().Take(300), .. odd]);
        var (code, printed) = await competition.Run("--data", data, "--quick", "--out", competition.Out);

        Assert.True(code == 0, printed);
        Assert.InRange(new FileInfo(Assert.Single(competition.Report())).Length, 1, 3_000_000);
        Assert.All(competition.Submission().Skip(1), line => Assert.Matches("^[0-9]+,(ham|spam)$", line));
    }

    [Fact]
    public async Task One_token_in_every_row_is_no_reason_to_fail()
    {
        Write([.. Enumerable.Range(0, 60).Select(i => $"{(i % 3 == 0 ? "spam" : "ham")},{new string('a', 1 + i % 2)} {i / 30}")]);
        var (code, printed) = await competition.Run("--data", data, "--quick", "--out", competition.Out);

        Assert.True(code == 0 || (code == 2 && !printed.Contains("   at ")), printed);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_said_with_their_line()
    {
        Write([.. Sample().Take(50)]);
        using (var file = File.Open(Path.Combine(data, "sms.csv"), FileMode.Append)) file.Write([.. "ham,caf"u8, 0xE9, (byte)'\n']);
        var (code, printed) = await competition.Run("--data", data, "--out", competition.Out);

        Assert.Equal(2, code);
        Assert.Contains("line 52: byte 0xE9 is not UTF-8", printed);
    }

    static IEnumerable<string> Sample() => File.ReadLines(Path.Combine(Committed.Folder("SmsSpam"), "sms.csv")).Skip(1);

    void Write(string[] lines) => File.WriteAllLines(Path.Combine(data, "sms.csv"), ["label,text", .. lines], new UTF8Encoding(false));
}
