using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of ratings keeps to: the laws of all learners, on rows that are a user and an item.</summary>
public class RatingLaws(EasyFits fits) : IClassFixture<EasyFits>
{
    static readonly Dictionary<string, Action<ILearner, EasyFit>> Laws = new()
    {
        ["one rating for each row, within those met"] = (_, easy) => Sound(easy.Model, easy.Rows, RatedRows.Of(seed: 2)),
        ["the same seed gives the same"] = (learner, easy) => Assert.Equal(easy.Values, learner.Fitted(RatedRows.Of())),
        ["fitting and predicting leave the rows as they were"] = (_, easy) =>
        {
            Assert.NotEmpty(easy.Values);
            var untouched = RatedRows.Of();
            foreach (var name in new[] { "user", "item" }) Assert.Equal(untouched.Codes(name).ToArray(), easy.Rows.Codes(name).ToArray());
            Assert.Equal(untouched.Answers.Truth.Values.ToArray(), easy.Rows.Answers.Truth.Values.ToArray());
        },
        ["a second fit forgets the first"] = (learner, easy) =>
        {
            var before = easy.Values;
            learner.Fitted(RatedRows.Of(200, seed: 2));
            Assert.Equal(before, learner.Fitted(RatedRows.Of()));
        },
        ["a row scores alone as it does in a batch"] = (_, easy) => Assert.Equal(easy.Values[7], easy.Model.Values(easy.Rows.Take([7]))[0], 1e-5f),
        ["no rows can be predicted"] = (_, easy) => Assert.Empty(easy.Model.Values(easy.Rows.Take([]))),
        ["rows without answers can be predicted"] = (_, easy) => Assert.Equal(easy.Values, easy.Model.Values(easy.Rows.WithTarget(null))),
        ["a saved model predicts as before"] = (learner, easy) => learner.Reloaded(easy.Model, loaded =>
        {
            var rows = RatedRows.WithStrangers(RatedRows.Of(seed: 2));
            Assert.Equal(easy.Model.Values(rows), loaded.Values(rows));
            Assert.Equal(easy.Model.Record.Iterations, loaded.Record.Iterations);
        }),
        ["one training row is enough"] = (learner, _) => LearnsFrom(learner, RatedRows.Of(1)),
        ["users of one rating are no error"] = (learner, _) => LearnsFrom(learner, RatedRows.With([.. Enumerable.Range(0, 60)], [.. Enumerable.Range(0, 60).Select(u => u % 40)])),
        ["users and items that nobody met are no error"] = (_, easy) => Sound(easy.Model, easy.Rows, RatedRows.WithStrangers(RatedRows.Of(seed: 2))),
        ["training rows without user or item are no error"] = (learner, _) => LearnsFrom(learner, RatedRows.WithStrangers(RatedRows.Of(300))),
        ["training rows that all lack their user give the mean"] = (learner, _) =>
            LearnsFrom(learner, RatedRows.With([.. Enumerable.Repeat(-1, 50)], [.. Enumerable.Repeat(-1, 50)])),
        ["pairs that were rated more than once are no error"] = (learner, _) => LearnsFrom(learner, RatedRows.Of().Take([.. Enumerable.Range(0, 200), .. Enumerable.Range(0, 200)])),
        ["levels in another order mean the same"] = (_, easy) => Assert.Equal(easy.Values, easy.Model.Values(RatedRows.Turned(easy.Rows))),
        ["columns in another order mean the same"] = (_, easy) => Assert.Equal(easy.Values, easy.Model.Values(easy.Rows.WithColumns(easy.Rows.Columns.Reverse()))),
        ["columns that it does not use are passed over"] = (learner, easy) =>
        {
            if (learner.Uses.HasFlag(ColumnKind.Text)) return;
            string?[] notes = [.. Enumerable.Range(0, easy.Rows.Rows).Select(i => $"row {i}")];
            Assert.Equal(easy.Values, learner.Fitted(easy.Rows.WithColumns([.. easy.Rows.Columns, new TextColumn("note", notes)])));
        },
        ["a column that is missing is a sentence"] = (learner, easy) =>
            Assert.Contains("no column 'item'", Assert.Throws<InputException>(() => learner.Fit(easy.Rows.WithColumns([easy.Rows["user"]]), null, Fits.Context)).Message),
        ["a constant answer is predicted"] = (learner, _) =>
        {
            var rows = RatedRows.Of();
            Assert.All(learner.Fitted(rows.WithTarget(new(RatedRows.Stars, rows.Answers.Truth.Map(_ => 4)))), value => Assert.Equal(4, value, 0.05f));
        },
        ["it beats the mean on pairs that it has not seen"] = (learner, easy) =>
        {
            var later = RatedRows.Of(2400, seed: 1).Take(1200..);
            var truth = later.Answers.Truth.Values.ToArray();
            var error = truth.Zip(easy.Model.Values(later), (t, p) => (t - p) * (t - p)).Average();
            var mean = truth.Average();
            var bound = truth.Average(t => (t - mean) * (t - mean));
            Assert.InRange(error, 0, bound * (Registry.RatingDummies.Contains(learner) ? 0.99 : 0.6));
        },
        ["a cancelled training ends"] = (learner, _) => learner.EndsWhenCancelled(RatedRows.Of()),
        ["no tensor is left alive"] = (learner, _) => learner.LeavesNoTensor(RatedRows.Of(200)),
        ["the settings can be written down"] = (learner, _) => Assert.NotEmpty(JsonSerializer.Serialize(learner, learner.GetType())),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from law in Laws.Keys from learner in Registry.RatingLearners.Keys select new TheoryDataRow<string, string>(law, learner);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner)
    {
        var whose = Registry.RatingLearners[learner];
        Laws[law](whose, fits.Of(whose, RatedRows.Stars, _ => RatedRows.Of()));
    }

    static void LearnsFrom(ILearner learner, Dataset train)
    {
        using var model = learner.Fit(train, null, Fits.Context);
        Sound(model, train, RatedRows.Of());
    }

    static void Sound(IModel model, Dataset train, Dataset rows)
    {
        var (said, met) = (model.Values(rows), train.Answers.Truth.Values.ToArray());
        Assert.Equal(rows.Rows, said.Length);
        Assert.All(said, value => Assert.InRange(value, met.Min() - 1e-4f, met.Max() + 1e-4f));
    }
}
