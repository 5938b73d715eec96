using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Explaining;
using Kaggle.Core.Validation;

namespace Kaggle.Tests.Core.Learning.Explaining;

public class TextAnalysisTests
{
    static readonly string?[] Texts = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "A fire in town" : "the song in my town, again and again")];

    static readonly Dataset Rows = new([new TextColumn("text", Texts)],
        new(Target.Binary("y"), new(Enumerable.Range(0, 40).Select(i => i % 2 == 0 && i != 4 ? 1f : 0f).ToArray(), 1), ["no", "yes"]));

    static readonly Predictions Said = new(OutputKind.Probabilities, new(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 0.9f : 0.2f).ToArray(), 1));

    static TextAnalysis Analysed(params IReadOnlyList<ExplainedFold> models) =>
        Assert.Single(TextAnalysis.Of(Rows, Said, models, WorstMistakes.RowsOf(Rows.Answers, Said, 1), row => $"row {row}", seed: 1));

    [Fact]
    public void Words_that_one_answer_has_more_often_tell_most()
    {
        var fire = Analysed().Telling.Single(w => w.Words == "fire");
        Assert.Equal((20, "yes", 0.95, 0.0), (fire.Texts, fire.Class, fire.With, fire.Without));
        // The answers' deviation is √(0.475 · 0.525), each side has 20 rows.
        Assert.Equal(0.95 / Math.Sqrt(0.475 * 0.525 * 2 / 20), fire.StandardErrors, 1e-9);
        Assert.Contains(Analysed().Telling, w => w.Words == "again and" && w.StandardErrors < 0);
        Assert.DoesNotContain(Analysed().Telling, w => w.Words is "in" or "town");
    }

    [Fact]
    public void Errors_are_shown_by_length()
    {
        var lengths = Analysed().Lengths;
        Assert.Equal((14, 36), (lengths[0].From, lengths[^1].To));
        Assert.Equal((19 * 0.1 + 0.9) / 20, lengths.Where(l => l.To == 14).Sum(l => l.Error * l.Rows) / 20, 1e-6);
        Assert.Equal(0.2, lengths[^1].Error, 1e-6);
    }

    [Fact]
    public void A_word_taken_out_shows_what_it_moved()
    {
        var fold = new Fold(0, [.. Enumerable.Range(0, 40).Where(i => i % 4 != 0)], [.. Enumerable.Range(0, 40).Where(i => i % 4 == 0)]);
        using var model = new SeesFire();
        var moved = Assert.Single(Analysed(new ExplainedFold(fold, model, Rows.Take(fold.Validation))).Moved);
        Assert.Equal(("row 4", 0.9), (moved.Id, Math.Round(moved.Predicted, 6)));
        Assert.Equal([("A", 0.0), ("fire", 0.8), ("in", 0.0), ("town", 0.0)], moved.Words.Select(w => (w.Word, Math.Round(w.Moved, 6))));
    }

    sealed class SeesFire : IModel
    {
        public FitRecord Record => FitRecord.Nothing;

        public Predictions Predict(Dataset rows) => new(OutputKind.Probabilities,
            new(((TextColumn)rows["text"]).Texts.ToArray().Select(text => text!.Contains("fire") ? 0.9f : 0.1f).ToArray(), 1));

        public void Save(string folder) { }

        public void Dispose() { }
    }
}
