using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner of pictures keeps to: the laws of all learners, on rows that are a picture.</summary>
public class PictureLaws
{
    static readonly FitContext Context = new() { Seed = 5 };

    static readonly Dictionary<string, Action<ILearner, Target>> Laws = new()
    {
        ["one row of predictions for each row, one output for each answer"] = (learner, target) => LearnsFrom(learner, EasyPictures.Of(target), EasyPictures.Of(target, seed: 2)),
        ["the same seed gives the same"] = (learner, target) => Assert.Equal(Fitted(learner, EasyPictures.Of(target)), Fitted(learner, EasyPictures.Of(target))),
        ["a second fit forgets the first"] = (learner, target) =>
        {
            var fresh = Fitted(learner, EasyPictures.Of(target));
            Fitted(learner, EasyPictures.Of(target, seed: 2));
            Assert.Equal(fresh, Fitted(learner, EasyPictures.Of(target)));
        },
        ["a row scores alone as it does in a batch, and none scores nothing"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            using var model = learner.Fit(rows, null, Context);
            var (batch, alone) = (model.Predict(rows), model.Predict(rows.Take([7])));
            for (var output = 0; output < batch.Outputs; output++) Assert.Equal(batch[7, output], alone[0, output], 1e-4f);
            Assert.Equal((0, rows.Answers.Outputs), (model.Predict(rows.Take([])).Rows, model.Predict(rows.Take([])).Outputs));
        },
        ["rows without answers can be predicted"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            using var model = learner.Fit(rows, null, Context);
            Assert.Equal(Values(model, rows), Values(model, rows.WithTarget(null)));
        },
        ["a saved model predicts as before"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            var folder = Directory.CreateTempSubdirectory("kaggle-law-");
            try
            {
                using var model = learner.Fit(rows, null, Context);
                model.Save(folder.FullName);
                using var loaded = learner.Load(folder.FullName, Context);
                Assert.Equal(Values(model, rows), Values(loaded, rows));
                Assert.Equal(model.Record.Iterations, loaded.Record.Iterations);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        },
        ["one training row is enough"] = (learner, target) => LearnsFrom(learner, EasyPictures.Of(target).Take([3])),
        ["pictures that are not given are no error"] = (learner, target) =>
        {
            LearnsFrom(learner, EasyPictures.WithGaps(EasyPictures.Of(target)));
            LearnsFrom(learner, EasyPictures.Of(target), EasyPictures.WithGaps(EasyPictures.Of(target)));
        },
        ["pictures that are not there are named"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            var lost = rows.WithColumns([EasyPictures.Column([.. Enumerable.Range(0, rows.Rows).Select(i => $"lost-{i}.png")])]);
            Assert.Contains("lost-0.png is not there", Assert.Throws<InputException>(() => learner.Fit(lost, null, Context)).Message);
        },
        ["columns that it does not use are passed over"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            string?[] notes = [.. Enumerable.Range(0, rows.Rows).Select(i => $"row {i}")];
            if (!learner.Uses.HasFlag(ColumnKind.Text)) Assert.Equal(Fitted(learner, rows), Fitted(learner, rows.WithColumns([new TextColumn("note", notes), .. rows.Columns])));
        },
        ["only one class in the training rows is no error"] = (learner, target) =>
        {
            if (target is NumberTarget) return;
            var rows = EasyPictures.Of(target);
            LearnsFrom(learner, rows.WithTarget(new(target, rows.Answers.Truth.Map(_ => 1), rows.Answers.Classes)));
        },
        ["it beats the best constant on pictures that it has not seen"] = (learner, target) =>
        {
            var (train, later) = (EasyPictures.Of(target), EasyPictures.Of(target, seed: 2));
            using var model = learner.Fit(train, null, Context);
            Assert.InRange(LearnerLaws.Loss(model.Predict(later).Values, later.Answers), 0, 0.6 * LearnerLaws.ConstantLoss(train.Answers, later.Answers));
        },
        ["rows to stop early on are no error"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            using var model = learner.Fit(rows.Take(..120), rows.Take(120..), Context);
            LearnerLaws.Sound(model, rows, rows.Answers);
        },
        ["a cancelled training ends"] = (learner, target) =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(EasyPictures.Of(target), null, Context with { Cancel = cancelled.Token }).Dispose());
        },
        ["no tensor is left alive"] = (learner, target) =>
        {
            var rows = EasyPictures.Of(target);
            Libtorch.Load();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (var model = learner.Fit(rows.Take(..120), rows.Take(120..), Context)) model.Predict(rows);
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        },
        ["the settings can be written down"] = (learner, _) => Assert.Contains(learner.GetType().Name, UnitKey.Settings(learner).ToJsonString()),
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
        Laws[law](Registry.PictureLearners[learner], EasyPictures.Targets[task]);
    }

    static float[] Fitted(ILearner learner, Dataset rows)
    {
        using var model = learner.Fit(rows, null, Context);
        return Values(model, rows);
    }

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    static void LearnsFrom(ILearner learner, Dataset train, Dataset? rows = null)
    {
        using var model = learner.Fit(train, null, Context);
        LearnerLaws.Sound(model, rows ?? train, train.Answers);
    }
}
