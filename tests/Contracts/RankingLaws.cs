using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of rankings keeps to, on rows that say who had what.</summary>
public class RankingLaws
{
    static readonly FitContext Context = new() { Seed = 5 };

    static readonly Dictionary<string, Action<ILearner>> Laws = new()
    {
        ["a score for each row, all finite"] = learner => Assert.All(Fitted(learner, RatedRows.Events(), RatedRows.Events(seed: 2)), score => Assert.True(float.IsFinite(score))),
        ["the same seed gives the same"] = learner => Assert.Equal(Fitted(learner, RatedRows.Events(), RatedRows.Events()), Fitted(learner, RatedRows.Events(), RatedRows.Events())),
        ["fitting leaves the rows as they were"] = learner =>
        {
            var rows = RatedRows.Events();
            Fitted(learner, rows, rows);
            foreach (var name in new[] { "user", "item" }) Assert.Equal(RatedRows.Events().Codes(name).ToArray(), rows.Codes(name).ToArray());
        },
        ["a saved model scores as before"] = learner =>
        {
            var folder = Directory.CreateTempSubdirectory("kaggle-law-");
            try
            {
                using var model = learner.Fit(RatedRows.Events(), null, Context);
                model.Save(folder.FullName);
                using var loaded = learner.Load(folder.FullName, Context);
                var rows = RatedRows.WithStrangers(RatedRows.Events(seed: 2));
                Assert.Equal(model.Predict(rows).Values.Values.ToArray(), loaded.Predict(rows).Values.Values.ToArray());
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        },
        ["rows and whole lists tell the same scores"] = learner =>
        {
            using var model = learner.Fit(RatedRows.Events(), null, Context);
            var (ranks, rows) = ((IRanksItems)model, RatedRows.Events(seed: 2));
            var (users, items) = ranks.Names.Places(rows);
            var (said, scores) = (model.Predict(rows).Values, new float[ranks.Names.Items.Length]);
            for (var row = 0; row < rows.Rows; row += 37)
            {
                ranks.Score([users[row]], 0, scores);
                Assert.Equal(said[row, 0], scores[items[row]], 1e-4f);
            }
        },
        ["one event is enough"] = learner => Fitted(learner, RatedRows.Events().Take([0]), RatedRows.Events()),
        ["users and items that nobody met are no error"] = learner => Fitted(learner, RatedRows.Events(), RatedRows.WithStrangers(RatedRows.Events(seed: 2))),
        ["training rows without user or item are no error"] = learner => Fitted(learner, RatedRows.WithStrangers(RatedRows.Events()), RatedRows.Events()),
        ["events that stand there twice are no error"] = learner => Fitted(learner, RatedRows.Events().Take([.. Enumerable.Range(0, 300), .. Enumerable.Range(0, 300)]), RatedRows.Events()),
        ["what others of the same taste had stands above the rest"] = learner =>
        {
            if (Registry.RankingDummies.Contains(learner)) return;
            using var model = learner.Fit(RatedRows.Events(), null, Context);
            var ranks = (IRanksItems)model;
            var scores = new float[ranks.Names.Items.Length];
            var (right, compared) = (0, 0);
            for (var user = 0; user < ranks.Names.Users.Length; user++)
            {
                ranks.Score([user], 0, scores);
                var had = RatedRows.Had(ranks.Names.Users[user]);
                int[] left = [.. Enumerable.Range(0, scores.Length).Where(i => !had.Contains(ranks.Names.Items[i]))];
                bool Suits(int item) => RatedRows.Suits(ranks.Names.Users[user], ranks.Names.Items[item]);
                foreach (var good in left.Where(Suits))
                    foreach (var bad in left.Where(i => !Suits(i)))
                    {
                        compared++;
                        if (scores[good] > scores[bad]) right++;
                    }
            }
            Assert.InRange((double)right / compared, 0.85, 1);
        },
        ["a cancelled training ends"] = learner =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(RatedRows.Events(), null, Context with { Cancel = cancelled.Token }).Dispose());
        },
        ["no tensor is left alive"] = learner =>
        {
            if (learner.GetType().Assembly != typeof(Libtorch).Assembly) return;
            Libtorch.Load();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            Fitted(learner, RatedRows.Events(), RatedRows.Events());
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        },
        ["a column that is missing is a sentence"] = learner =>
            Assert.Contains("no column 'item'", Assert.Throws<InputException>(() => learner.Fit(RatedRows.Events().WithColumns([RatedRows.Events()["user"]]), null, Context)).Message),
        ["the settings can be written down"] = learner => Assert.NotEmpty(JsonSerializer.Serialize(learner, learner.GetType())),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from law in Laws.Keys from learner in Registry.RankingLearners.Keys select new TheoryDataRow<string, string>(law, learner);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner) => Laws[law](Registry.RankingLearners[learner]);

    static float[] Fitted(ILearner learner, Dataset train, Dataset rows)
    {
        using var model = learner.Fit(train, null, Context);
        return model.Predict(rows).Values.Values.ToArray();
    }
}
