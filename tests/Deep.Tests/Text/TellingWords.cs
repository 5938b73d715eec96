using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Deep.Text;

/// <summary>What a net that reads texts must do with rows of one telling word among fillers; a class that names a learner meets them all.</summary>
public abstract class TellingWords : IDisposable
{
    /// <summary>Four words of disaster, four of leisure, fillers.</summary>
    protected static readonly string[] Words = ["fire", "flood", "smoke", "storm", "song", "movie", "lunch", "game", "the", "a", "is", "on", "near", "my", "town"];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("texts-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Learns the words' meaning from 240 rows.</summary>
    protected abstract ILearner Learner { get; }

    /// <summary>The same learner after one epoch.</summary>
    protected abstract ILearner Hasty { get; }

    /// <returns>Four words of disaster, four of leisure, and fillers around one of them.</returns>
    protected static Dataset Texts(int rows, int seed)
    {
        var random = new Random(seed);
        var (texts, truth) = (new string?[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var word = random.Next(8);
            truth[row] = word < 4 ? 1 : 0;
            string[] around = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Words[random.Next(8, Words.Length)])];
            texts[row] = string.Join(' ', around.Append(Words[word]).OrderBy(_ => random.Next()));
        }
        return new([new TextColumn("text", texts)], new(Target.Binary("y"), new(truth, 1), ["no", "yes"]));
    }

    protected static Dataset AsNumbers(Dataset rows) => rows.WithTarget(new(Target.Number("v"), rows.Answers.Truth.Map(y => 100 + 10 * y)));

    [Fact]
    public void It_learns_which_words_matter_and_remembers_it_when_loaded()
    {
        var (train, later) = (Texts(240, 1), Texts(120, 2));
        using var model = Learner.Fit(train, null, new() { Seed = 3 });
        var said = Said(model, later);
        Assert.InRange(said.Zip(later.Answers.Truth.Values.ToArray(), (p, y) => (p > 0.5) == (y == 1) ? 1 : 0).Average(), 0.95, 1);

        var saved = Directory.CreateDirectory(Path.Combine(Folder, "saved")).FullName;
        model.Save(saved);
        using var loaded = Learner.Load(saved, new());
        Assert.Equal(said, Said(loaded, later));
        Assert.Equal(said[7], model.Predict(later.Take([7]))[0, 0], 1e-5f);               // alone as among others
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        float[] Fitted()
        {
            using var model = Hasty.Fit(Texts(60, 1), null, new() { Seed = 3 });
            return Said(model, Texts(20, 2));
        }
        Assert.Equal(Fitted(), Fitted());
    }

    [Fact]
    public void Missing_empty_and_long_texts_are_no_error()
    {
        string?[] strange = [null, "", "😀", new string('x', 10_000_000), string.Concat(Enumerable.Repeat("fire and flood ", 700_000)), "\uD83D", "fire"];
        using var model = Hasty.Fit(Texts(40, 1), null, new() { Seed = 3 });
        Assert.All(Said(model, new([new TextColumn("text", strange)])), chance => Assert.InRange(chance, 0, 1));
    }

    [Fact]
    public void Numbers_and_classes_are_learned_too()
    {
        var rows = Texts(40, 1);
        using (var model = Hasty.Fit(AsNumbers(rows), null, new() { Seed = 3 }))
            Assert.All(Said(model, rows), value => Assert.InRange(value, 70, 140));
        using (var model = Hasty.Fit(rows.WithTarget(new(Target.Classes("k"), rows.Answers.Truth, ["a", "b", "c"])), null, new() { Seed = 3 }))
            Assert.Equal(3, model.Predict(rows).Outputs);
    }

    protected static float[] Said(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();
}
