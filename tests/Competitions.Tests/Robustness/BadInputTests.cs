using System.Text.RegularExpressions;

namespace Kaggle.Tests.Competitions.Robustness;

/// <summary>A user's mistake is a sentence and exit code 2; nothing is written.</summary>
public sealed partial class BadInputTests : IDisposable
{
    readonly TitanicFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_missing_train_file()
    {
        File.Delete(Path.Combine(files.Data, "train.csv"));
        Refused("train.csv");
    }

    [Fact]
    public void An_empty_train_file()
    {
        File.WriteAllText(Path.Combine(files.Data, "train.csv"), "");
        Refused("train.csv");
    }

    [Fact]
    public void A_train_file_of_a_header_only()
    {
        files.Lines("train.csv", lines => lines.RemoveRange(1, lines.Count - 1));
        Refused("train.csv");
    }

    [Fact]
    public void A_row_with_too_many_fields_is_named_by_its_line()
    {
        files.Lines("train.csv", lines => lines[400] += ",1,2,3");
        Refused("line 401");
    }

    [Fact]
    public void A_column_named_twice()
    {
        files.Lines("train.csv", lines => lines[0] = lines[0].Replace("Cabin", "Fare"));
        Refused("Fare");
    }

    [Fact]
    public void Binary_junk()
    {
        File.WriteAllBytes(Path.Combine(files.Data, "train.csv"), [.. Enumerable.Range(0, 50_000).Select(i => (byte)i)]);
        Refused("train.csv");
    }

    [Fact]
    public void A_target_that_is_not_there()
    {
        files.Lines("train.csv", lines => lines[0] = lines[0].Replace("Survived", "Lived"));
        Refused("Survived");
    }

    [Fact]
    public void A_target_that_is_the_same_everywhere()
    {
        files.Lines("train.csv", lines =>
        {
            for (var i = 1; i < lines.Count; i++) lines[i] = SecondField().Replace(lines[i], "$1,1,");
        });
        Refused("Survived");
    }

    [Fact]
    public void A_target_that_is_missing_in_a_row()
    {
        files.Lines("train.csv", lines => lines[10] = SecondField().Replace(lines[10], "$1,,"));
        Refused("line 11");
    }

    [Fact]
    public void An_id_twice_in_test()
    {
        files.Lines("test.csv", lines => lines[5] = lines[4][..(lines[4].IndexOf(',') + 1)] + lines[5][(lines[5].IndexOf(',') + 1)..]);
        Refused("stands already");
    }

    [Fact]
    public void A_sample_submission_of_other_rows()
    {
        files.Lines("gender_submission.csv", lines => lines.RemoveRange(200, lines.Count - 200));
        Refused("disagree");
    }

    [Fact]
    public void A_test_file_that_lacks_a_column()
    {
        files.Lines("test.csv", lines =>
        {
            for (var i = 0; i < lines.Count; i++) lines[i] = lines[i][..lines[i].LastIndexOf(',')];
        });
        Refused("Embarked");
    }

    [Fact]
    public void A_folder_that_cannot_be_written()
    {
        var (code, printed) = RunningProgram.ToTheEnd("Titanic", "--quick", "--data", files.Data, "--out", "/proc/nowhere");
        Assert.Equal(2, code);
        Assert.Contains("--out", printed);
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("--learner", "NoSuchLearner")]
    [InlineData("--fold", "99")]
    [InlineData("--budget", "soon")]
    [InlineData("--folds", "sideways")]
    public void Arguments_that_mean_nothing(params string[] arguments)
    {
        var (code, printed) = RunningProgram.ToTheEnd("Titanic", [.. arguments, "--data", files.Data, "--out", files.Out]);
        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", printed);
        Assert.Contains(arguments[^1], printed);
    }

    void Refused(string word)
    {
        var (code, printed) = RunningProgram.ToTheEnd("Titanic", "--quick", "--data", files.Data, "--out", files.Out);

        Assert.True(code == 2, $"exit code {code}:\n{printed}");
        Assert.DoesNotContain("   at ", printed);
        Assert.Contains(word, printed);
        Assert.Empty(files.Submissions);
    }

    [GeneratedRegex(@"^(\d+),\d,")]
    private static partial Regex SecondField();
}
