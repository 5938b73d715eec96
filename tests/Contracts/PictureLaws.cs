using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of pictures keeps to: the laws of all learners, on rows that are a picture.</summary>
public class PictureLaws(EasyFits fits) : IClassFixture<EasyFits>
{
    /// <summary>Rows enough where a law asks whether something is an error, not what is learned.</summary>
    const int Few = 48;

    static readonly Dictionary<string, Action<ILearner, Target, EasyFit>> Laws = new()
    {
        ["one row of predictions for each row, one output for each answer"] = (_, target, easy) => Fits.Sound(easy.Model, EasyPictures.Of(target, seed: 2), easy.Rows.Answers),
        ["the same seed gives the same"] = (learner, target, easy) => Assert.Equal(easy.Values, learner.Fitted(EasyPictures.Of(target))),
        ["a second fit forgets the first"] = (learner, target, easy) =>
        {
            var before = easy.Values;
            learner.Fitted(EasyPictures.Of(target, seed: 2).Take(..Few));
            Assert.Equal(before, learner.Fitted(EasyPictures.Of(target)));
        },
        ["a row scores alone as it does in a batch, and none scores nothing"] = (_, _, easy) =>
        {
            var (batch, alone, none) = (easy.Model.Predict(easy.Rows), easy.Model.Predict(easy.Rows.Take([7])), easy.Model.Predict(easy.Rows.Take([])));
            for (var output = 0; output < batch.Outputs; output++) Assert.Equal(batch[7, output], alone[0, output], 1e-4f);
            Assert.Equal((0, easy.Rows.Answers.Outputs), (none.Rows, none.Outputs));
        },
        ["rows without answers can be predicted"] = (_, _, easy) => Assert.Equal(easy.Values, easy.Model.Values(easy.Rows.WithTarget(null))),
        ["a saved model predicts as before"] = (learner, _, easy) => learner.Reloaded(easy.Model, loaded =>
        {
            Assert.Equal(easy.Values, loaded.Values(easy.Rows));
            Assert.Equal(easy.Model.Record.Iterations, loaded.Record.Iterations);
        }),
        ["one training row is enough"] = (learner, target, _) => learner.LearnsFrom(EasyPictures.Of(target).Take([3])),
        ["pictures that are not given are no error"] = (learner, target, easy) =>
        {
            learner.LearnsFrom(EasyPictures.WithGaps(EasyPictures.Of(target).Take(..Few)));
            Fits.Sound(easy.Model, EasyPictures.WithGaps(easy.Rows), easy.Rows.Answers);
        },
        ["pictures that are not there are named"] = (learner, target, _) =>
        {
            var rows = EasyPictures.Of(target);
            var lost = rows.WithColumns([EasyPictures.Column([.. Enumerable.Range(0, rows.Rows).Select(i => $"lost-{i}.png")])]);
            Assert.Contains("lost-0.png is not there", Assert.Throws<InputException>(() => learner.Fit(lost, null, Fits.Context)).Message);
        },
        ["columns that it does not use are passed over"] = (learner, _, easy) =>
        {
            string?[] notes = [.. Enumerable.Range(0, easy.Rows.Rows).Select(i => $"row {i}")];
            if (!learner.Uses.HasFlag(ColumnKind.Text)) Assert.Equal(easy.Values, learner.Fitted(easy.Rows.WithColumns([new TextColumn("note", notes), .. easy.Rows.Columns])));
        },
        ["only one class in the training rows is no error"] = (learner, target, _) =>
        {
            if (target is NumberTarget) return;
            var rows = EasyPictures.Of(target).Take(..Few);
            learner.LearnsFrom(rows.WithTarget(new(target, rows.Answers.Truth.Map(_ => 1), rows.Answers.Classes)));
        },
        ["it beats the best constant on pictures that it has not seen"] = (_, target, easy) =>
        {
            var later = EasyPictures.Of(target, seed: 2);
            Assert.InRange(Fits.Loss(easy.Model.Predict(later).Values, later.Answers), 0, 0.6 * Fits.ConstantLoss(easy.Rows.Answers, later.Answers));
        },
        ["rows to stop early on are no error"] = (learner, target, _) =>
        {
            var rows = EasyPictures.Of(target).Take(..Few);
            using var model = learner.Fit(rows.Take(..36), rows.Take(36..), Fits.Context);
            Fits.Sound(model, rows, rows.Answers);
        },
        ["a cancelled training ends"] = (learner, target, _) => learner.EndsWhenCancelled(EasyPictures.Of(target)),
        ["no tensor is left alive"] = (learner, target, _) => learner.LeavesNoTensor(EasyPictures.Of(target).Take(..36), EasyPictures.Of(target).Take(36..Few)),
        ["the settings can be written down"] = (learner, _, _) => Assert.Contains(learner.GetType().Name, UnitKey.Settings(learner).ToJsonString()),
    };

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from law in Laws.Keys
        from learner in Registry.PictureLearners
        from target in EasyPictures.Targets
        where learner.Value.Learns(target.Value.Task)
        select new TheoryDataRow<string, string, string>(law, learner.Key, target.Key);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner, string task)
    {
        Assert.True(Directory.Exists(EasyPictures.Folder));
        var (whose, target) = (Registry.PictureLearners[learner], EasyPictures.Targets[task]);
        Laws[law](whose, target, fits.Of(whose, target, of => EasyPictures.Of(of)));
    }
}
