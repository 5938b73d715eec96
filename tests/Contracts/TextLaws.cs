using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner that reads texts keeps to, besides the laws of all learners.</summary>
public class TextLaws(EasyFits fits) : IClassFixture<EasyFits>
{
    static readonly Dictionary<string, Action<ILearner, Target, EasyFit>> Laws = new()
    {
        ["texts alone are learned from"] = (_, target, easy) =>
        {
            var later = EasyRows.AsTexts(target, seed: 2);
            var said = easy.Model.Predict(later);
            Assert.InRange(Fits.Loss(said.Values, later.Answers), 0, 0.8 * Fits.ConstantLoss(easy.Rows.Answers, later.Answers));
            Assert.Equal(said[7, 0], easy.Model.Predict(later.Take([7]))[0, 0], 1e-5f);
        },
        ["the folds of a run may share what they read"] = (learner, target, _) =>
        {
            using var share = new RunShare();
            var fold = EasyRows.AsTexts(target, 120).Take(40..);
            Assert.Equal(learner.Fitted(fold), learner.Fitted(fold, context: Fits.Context with { Share = share }));
        },
        ["strange texts are no error"] = (learner, target, easy) =>
        {
            const int few = 12;
            foreach (var strange in EasyRows.StrangeTexts)
            {
                var rows = EasyRows.AsTexts(target, few).WithColumns([new TextColumn("note", Enumerable.Repeat(strange, few).ToArray())]);
                learner.LearnsFrom(rows);
                Fits.Sound(easy.Model, rows, rows.Answers);
            }
        },
        ["a saved model reads texts as before"] = (learner, _, easy) =>
            learner.Reloaded(easy.Model, loaded => Assert.Equal(easy.Values, loaded.Values(easy.Rows))),
    };

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from law in Laws.Keys
        from learner in Registry.Learners
        where learner.Value.Uses.HasFlag(ColumnKind.Text)
        from target in EasyRows.Targets
        where learner.Value.Learns(target.Value.Task)
        select new TheoryDataRow<string, string, string>(law, learner.Key, target.Key);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner, string task)
    {
        var (whose, target) = (Registry.Learners[learner], EasyRows.Targets[task]);
        Laws[law](whose, target, fits.Of(whose, target, of => EasyRows.AsTexts(of)));
    }
}
