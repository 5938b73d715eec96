using Kaggle.Core.Data;
using Kaggle.Core.Metrics;
using Kaggle.Core.Submissions;

namespace Kaggle.Tests.Core.Submissions;

public sealed class SubmissionFileTests : IDisposable
{
    static readonly TargetValues Lived = new(Target.Binary("Survived"), new(new float[] { 0, 1 }, 1), ["0", "1"]);
    static readonly SubmissionForm Form = SubmissionForm.Of("Id", ["Survived"], ["a", "b", "c"], Lived, Need.Labels);

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    string Csv => Path.Combine(folder, "submission.csv");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Rows_are_written_in_the_samples_order_with_the_tables_labels()
    {
        SubmissionFile.Write(Csv, Form, Form.Rows(Lived, new(new float[] { 1, 0, 1 }, 1)));
        Assert.Equal("Id,Survived\na,1\nb,0\nc,1\n", File.ReadAllText(Csv));
    }

    [Fact]
    public void Rows_in_another_order_are_read_in_the_forms()
    {
        File.WriteAllText(Csv, "Id,Survived\nc,1\na,0\nb,1\n");
        Assert.Equal(["a", "b", "c"], SubmissionFile.Read(Csv, Form).Select(r => r[0]));
    }

    [Theory]
    [InlineData("Id,Survived\na,1\nb,0\n", "1 ids are missing (c)")]
    [InlineData("Id,Survived\na,1\nb,0\nc,1\nc,1\n", "1 ids stand there more than once (c)")]
    [InlineData("Id,Survived\na,1\nb,0\nc,1\nd,1\n", "1 ids are not in the test rows (d)")]
    [InlineData("Id,Survived\na,1\nb,0\nc,7\n", "'7' is no label of the training rows (0, 1)")]
    [InlineData("Id,Survived\na,1\nb,0\nc,\n", "'' is no label")]
    [InlineData("Id,Lived\na,1\nb,0\nc,1\n", "the columns are Id,Lived; they must be Id,Survived")]
    [InlineData("Id,Survived\n", "has no rows")]
    public void Each_fault_has_its_sentence(string text, string sentence)
    {
        File.WriteAllText(Csv, text);
        Assert.Contains(sentence, Assert.Throws<InputException>(() => SubmissionFile.Read(Csv, Form)).Message);
    }

    [Theory]
    [InlineData("NaN", "is not finite")]
    [InlineData("Infinity", "is not finite")]
    [InlineData("much", "is not a number")]
    public void Numbers_must_be_numbers(string value, string sentence)
    {
        var form = SubmissionForm.Of("Id", ["Price"], ["a"], new(Target.Number("Price"), new(new[] { 1f }, 1)), Need.Values);
        File.WriteAllText(Csv, $"Id,Price\na,{value}\n");
        Assert.Contains(sentence, Assert.Throws<InputException>(() => SubmissionFile.Read(Csv, form)).Message);
    }

    [Fact]
    public void A_refused_submission_leaves_what_was_there()
    {
        File.WriteAllText(Csv, "old");
        Assert.Throws<InputException>(() => SubmissionFile.Write(Csv, Form, [["a", "1"]]));
        Assert.Equal("old", File.ReadAllText(Csv));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Class_columns_may_stand_in_another_order_and_with_a_prefix()
    {
        var answers = new TargetValues(Target.Classes("kind"), new(new float[] { 0, 1, 2 }, 1), ["cat", "dog", "owl"]);
        var form = SubmissionForm.Of("id", ["kind_owl", "kind_cat", "kind_dog"], ["x"], answers, Need.Probabilities);
        Assert.Equal(["x", "0.5", "0.25", "0.125"], form.Rows(answers, new(new[] { 0.25f, 0.125f, 0.5f }, 3)).Single());
    }

    [Fact]
    public void A_sample_of_another_width_is_refused() =>
        Assert.Contains("2 columns beside the id", Assert.Throws<InputException>(() => SubmissionForm.Of("Id", ["a", "b"], ["1"], Lived, Need.Labels)).Message);

    [Fact]
    public void An_unwritable_folder_is_a_sentence() =>
        Assert.Contains("could not be written", Assert.Throws<InputException>(() =>
            SubmissionFile.Write("/proc/nowhere/submission.csv", Form, Form.Rows(Lived, new(new float[] { 1, 0, 1 }, 1)))).Message);
}
