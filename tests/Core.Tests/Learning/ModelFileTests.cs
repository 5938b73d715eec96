using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Core.Learning;

public sealed class ModelFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    string Written => Path.Combine(folder, "model.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_to_the_last_bit()
    {
        var said = new Said("a", 0.1f, [double.NaN, double.PositiveInfinity, 1.0 / 3]);
        ModelFile.Write(folder, "model.json", said);
        var read = ModelFile.Read<Said>(folder, "model.json");
        Assert.Equal((said.Name, said.Share), (read.Name, read.Share));
        Assert.Equal(said.Values, read.Values);
    }

    [Fact]
    public void The_number_of_the_layout_stands_first() => Assert.StartsWith("""{"schema":1,"name":"a",""", Text(new("a", 1, [])));

    [Fact]
    public void Models_of_before_the_number_and_with_capitals_are_read()
    {
        File.WriteAllText(Written, """{"Name":"a","Share":0.5,"Values":[1]}""");
        Assert.Equal(0.5f, ModelFile.Read<Said>(folder, "model.json").Share);
    }

    [Fact]
    public void A_newer_version_s_model_is_a_sentence()
    {
        File.WriteAllText(Written, Text(new("a", 1, [])).Replace("\"schema\":1", "\"schema\":2"));
        Assert.Contains("is of a newer version (schema 2; this one reads 1)", Sentence());
    }

    [Fact]
    public void A_file_that_is_missing_is_named() => Assert.Equal($"There is no whole model in {folder}: model.json is missing. Fit it again.", Sentence());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"schema":1,"name":"a",""")]
    [InlineData("""{"schema":1,"name":"a","values":[]}""")]        // share is missing
    [InlineData("""{"schema":"one"}""")]
    public void A_damaged_file_is_a_sentence(string text)
    {
        File.WriteAllText(Written, text);
        Assert.StartsWith($"{Written} cannot be read: ", Sentence());
    }

    [Fact]
    public void A_list_is_read_as_written()
    {
        ModelFile.WriteList(folder, "columns.json", [new Said("a", 0.5f, []), new Said("b", 1, [2])]);
        Assert.Equal(["a", "b"], ModelFile.ReadList<Said>(folder, "columns.json").Select(s => s.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""[{"name":"a","share":1,"values":[]},""")]
    public void A_damaged_list_is_a_sentence(string text)
    {
        File.WriteAllText(Written, text);
        Assert.StartsWith($"{Written} cannot be read: ", Assert.Throws<InputException>(() => ModelFile.ReadList<Said>(folder, "model.json")).Message);
    }

    string Sentence() => Assert.Throws<InputException>(() => ModelFile.Read<Said>(folder, "model.json")).Message;

    string Text(Said said)
    {
        ModelFile.Write(folder, "model.json", said);
        return File.ReadAllText(Written);
    }

    sealed record Said(string Name, float Share, double[] Values);
}
