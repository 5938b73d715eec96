using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of rankings keeps to, on rows that say who had what.</summary>
public class RankingLaws(EasyFits fits) : IClassFixture<EasyFits>
{
    static readonly Dictionary<string, Action<ILearner, EasyFit>> Laws = new()
    {
        ["a score for each row, all finite"] = (_, easy) => Sound(easy.Model, RatedRows.Events(seed: 2)),
        ["the same seed gives the same"] = (learner, easy) => Assert.Equal(easy.Values, learner.Fitted(RatedRows.Events())),
        ["fitting leaves the rows as they were"] = (_, easy) =>
        {
            Assert.NotEmpty(easy.Values);
            foreach (var name in new[] { "user", "item" }) Assert.Equal(RatedRows.Events().Codes(name).ToArray(), easy.Rows.Codes(name).ToArray());
        },
        ["a saved model scores as before"] = (learner, easy) => learner.Reloaded(easy.Model, loaded =>
        {
            var rows = RatedRows.WithStrangers(RatedRows.Events(seed: 2));
            Assert.Equal(easy.Model.Values(rows), loaded.Values(rows));
        }),
        ["rows and whole lists tell the same scores"] = (_, easy) =>
        {
            var (ranks, rows) = ((IRanksItems)easy.Model, RatedRows.Events(seed: 2));
            var (users, items) = ranks.Names.Places(rows);
            var (said, scores) = (easy.Model.Predict(rows).Values, new float[ranks.Names.Items.Length]);
            for (var row = 0; row < rows.Rows; row += 37)
            {
                ranks.Score([users[row]], 0, scores);
                Assert.Equal(said[row, 0], scores[items[row]], 1e-4f);
            }
        },
        ["one event is enough"] = (learner, _) => LearnsFrom(learner, RatedRows.Events().Take([0])),
        ["users and items that nobody met are no error"] = (_, easy) => Sound(easy.Model, RatedRows.WithStrangers(RatedRows.Events(seed: 2))),
        ["training rows without user or item are no error"] = (learner, _) => LearnsFrom(learner, RatedRows.WithStrangers(RatedRows.Events())),
        ["events that stand there twice are no error"] = (learner, _) => LearnsFrom(learner, RatedRows.Events().Take([.. Enumerable.Range(0, 300), .. Enumerable.Range(0, 300)])),
        ["what others of the same taste had stands above the rest"] = (learner, easy) =>
        {
            if (Registry.RankingDummies.Contains(learner)) return;
            var ranks = (IRanksItems)easy.Model;
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
        ["a cancelled training ends"] = (learner, _) => learner.EndsWhenCancelled(RatedRows.Events()),
        ["no tensor is left alive"] = (learner, _) => learner.LeavesNoTensor(RatedRows.Events()),
        ["a column that is missing is a sentence"] = (learner, easy) =>
            Assert.Contains("no column 'item'", Assert.Throws<InputException>(() => learner.Fit(easy.Rows.WithColumns([easy.Rows["user"]]), null, Fits.Context)).Message),
        ["the settings can be written down"] = (learner, _) => Assert.NotEmpty(JsonSerializer.Serialize(learner, learner.GetType())),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from law in Laws.Keys from learner in Registry.RankingLearners.Keys select new TheoryDataRow<string, string>(law, learner);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner)
    {
        var whose = Registry.RankingLearners[learner];
        Laws[law](whose, fits.Of(whose, RatedRows.Stars, _ => RatedRows.Events()));
    }

    static void LearnsFrom(ILearner learner, Dataset train)
    {
        using var model = learner.Fit(train, null, Fits.Context);
        Sound(model, RatedRows.Events());
    }

    static void Sound(IModel model, Dataset rows)
    {
        var said = model.Values(rows);
        Assert.Equal(rows.Rows, said.Length);
        Assert.All(said, score => Assert.True(float.IsFinite(score)));
    }
}
