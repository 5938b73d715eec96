using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of ratings keeps to: the laws of all learners, on rows that are a user and an item.</summary>
public class RatingLaws
{
    static readonly FitContext Context = new() { Seed = 5 };

    static readonly Dictionary<string, Action<ILearner>> Laws = new()
    {
        ["one rating for each row, within those met"] = learner => Sound(learner, RatedRows.Of(), RatedRows.Of(seed: 2)),
        ["the same seed gives the same"] = learner => Assert.Equal(Fitted(learner, RatedRows.Of()), Fitted(learner, RatedRows.Of())),
        ["fitting and predicting leave the rows as they were"] = learner =>
        {
            var (rows, untouched) = (RatedRows.Of(), RatedRows.Of());
            Fitted(learner, rows);
            foreach (var name in new[] { "user", "item" }) Assert.Equal(untouched.Codes(name).ToArray(), rows.Codes(name).ToArray());
            Assert.Equal(untouched.Answers.Truth.Values.ToArray(), rows.Answers.Truth.Values.ToArray());
        },
        ["a second fit forgets the first"] = learner =>
        {
            var fresh = Fitted(learner, RatedRows.Of());
            Fitted(learner, RatedRows.Of(seed: 2));
            Assert.Equal(fresh, Fitted(learner, RatedRows.Of()));
        },
        ["a row scores alone as it does in a batch"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            Assert.Equal(Values(model, RatedRows.Of())[7], Values(model, RatedRows.Of().Take([7]))[0], 1e-5f);
        },
        ["no rows can be predicted"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            Assert.Empty(Values(model, RatedRows.Of().Take([])));
        },
        ["rows without answers can be predicted"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            Assert.Equal(Values(model, RatedRows.Of()), Values(model, RatedRows.Of().WithTarget(null)));
        },
        ["a saved model predicts as before"] = learner =>
        {
            var folder = Directory.CreateTempSubdirectory("kaggle-law-");
            try
            {
                using var model = learner.Fit(RatedRows.Of(), null, Context);
                model.Save(folder.FullName);
                using var loaded = learner.Load(folder.FullName, Context);
                var rows = RatedRows.WithStrangers(RatedRows.Of(seed: 2));
                Assert.Equal(Values(model, rows), Values(loaded, rows));
                Assert.Equal(model.Record.Iterations, loaded.Record.Iterations);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        },
        ["one training row is enough"] = learner => Sound(learner, RatedRows.Of(1), RatedRows.Of()),
        ["users of one rating are no error"] = learner => Sound(learner, RatedRows.With([.. Enumerable.Range(0, 60)], [.. Enumerable.Range(0, 60).Select(u => u % 40)]), RatedRows.Of()),
        ["users and items that nobody met are no error"] = learner => Sound(learner, RatedRows.Of(), RatedRows.WithStrangers(RatedRows.Of(seed: 2))),
        ["training rows without user or item are no error"] = learner => Sound(learner, RatedRows.WithStrangers(RatedRows.Of()), RatedRows.Of()),
        ["training rows that all lack their user give the mean"] = learner =>
            Sound(learner, RatedRows.With([.. Enumerable.Repeat(-1, 50)], [.. Enumerable.Repeat(-1, 50)]), RatedRows.Of()),
        ["pairs that were rated more than once are no error"] = learner => Sound(learner, RatedRows.Of().Take([.. Enumerable.Range(0, 600), .. Enumerable.Range(0, 600)]), RatedRows.Of()),
        ["levels in another order mean the same"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            Assert.Equal(Values(model, RatedRows.Of()), Values(model, RatedRows.Turned(RatedRows.Of())));
        },
        ["columns in another order mean the same"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            Assert.Equal(Values(model, RatedRows.Of()), Values(model, RatedRows.Of().WithColumns(RatedRows.Of().Columns.Reverse())));
        },
        ["columns that it does not use are passed over"] = learner =>
        {
            if (learner.Uses.HasFlag(ColumnKind.Text)) return;
            var rows = RatedRows.Of();
            string?[] notes = [.. Enumerable.Range(0, rows.Rows).Select(i => $"row {i}")];
            Assert.Equal(Fitted(learner, rows), Fitted(learner, rows.WithColumns([.. rows.Columns, new TextColumn("note", notes)])));
        },
        ["a column that is missing is a sentence"] = learner =>
        {
            var rows = RatedRows.Of();
            Assert.Contains("no column 'item'", Assert.Throws<InputException>(() => learner.Fit(rows.WithColumns([rows["user"]]), null, Context)).Message);
        },
        ["a constant answer is predicted"] = learner =>
        {
            var rows = RatedRows.Of();
            Assert.All(Fitted(learner, rows.WithTarget(new(RatedRows.Stars, rows.Answers.Truth.Map(_ => 4)))), value => Assert.Equal(4, value, 0.05f));
        },
        ["it beats the mean on pairs that it has not seen"] = learner =>
        {
            var later = RatedRows.Of(2400, seed: 1).Take(1200..);
            using var model = learner.Fit(RatedRows.Of(), null, Context);
            var truth = later.Answers.Truth.Values.ToArray();
            var error = truth.Zip(Values(model, later), (t, p) => (t - p) * (t - p)).Average();
            var mean = truth.Average();
            var bound = truth.Average(t => (t - mean) * (t - mean));
            Assert.InRange(error, 0, bound * (Registry.RatingDummies.Contains(learner) ? 0.99 : 0.6));
        },
        ["a cancelled training ends"] = learner =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(RatedRows.Of(), null, Context with { Cancel = cancelled.Token }).Dispose());
        },
        ["no tensor is left alive"] = learner =>
        {
            if (learner.GetType().Assembly != typeof(Libtorch).Assembly) return;
            Libtorch.Load();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (var model = learner.Fit(RatedRows.Of(), null, Context)) model.Predict(RatedRows.Of());
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        },
        ["the settings can be written down"] = learner => Assert.NotEmpty(JsonSerializer.Serialize(learner, learner.GetType())),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from law in Laws.Keys from learner in Registry.RatingLearners.Keys select new TheoryDataRow<string, string>(law, learner);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner) => Laws[law](Registry.RatingLearners[learner]);

    static float[] Fitted(ILearner learner, Dataset rows)
    {
        using var model = learner.Fit(rows, null, Context);
        return Values(model, rows);
    }

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    static void Sound(ILearner learner, Dataset train, Dataset rows)
    {
        using var model = learner.Fit(train, null, Context);
        var said = Values(model, rows);
        var met = train.Answers.Truth.Values.ToArray();
        Assert.Equal(rows.Rows, said.Length);
        Assert.All(said, value => Assert.InRange(value, met.Min() - 1e-4f, met.Max() + 1e-4f));
    }
}
