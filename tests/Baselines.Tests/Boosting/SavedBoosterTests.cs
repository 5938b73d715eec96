using Kaggle.Baselines.Boosting;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Baselines.Boosting;

public sealed class SavedBoosterTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public SavedBoosterTests()
    {
        using var model = new LightGbm { Rounds = 3, Stop = null }.Fit(Some.Rows(Target.Number("y"), rows: 100), null, new FitContext());
        model.Save(folder);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("model.json")]
    [InlineData("columns.json")]
    [InlineData("trees-0.txt")]
    public void A_file_that_is_missing_is_named(string file)
    {
        File.Delete(Path.Combine(folder, file));
        Assert.Equal($"There is no whole model in {folder}: {file} is missing. Fit it again.", Sentence());
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("columns.json")]
    [InlineData("trees-0.txt")]
    public void A_damaged_file_is_a_sentence(string file)
    {
        File.WriteAllText(Path.Combine(folder, file), "half");
        Assert.StartsWith($"{Path.Combine(folder, file)} cannot be read: ", Sentence());
    }

    string Sentence() => Assert.Throws<InputException>(() => new LightGbm().Load(folder, new FitContext())).Message;
}
