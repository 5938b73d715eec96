using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner keeps to, for each task that it says it learns; a line in <see cref="Registry"/> adds one.</summary>
public class LearnerLaws
{
    static readonly FitContext Context = new() { Seed = 5 };

    static readonly Dictionary<string, Action<ILearner, Target>> Laws = new()
    {
        ["one row of predictions for each row, one output for each answer"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows, null, Context);
            Sound(model, rows, rows.Answers);
        },
        ["the same seed gives the same"] = (learner, target) =>
            Assert.Equal(Fitted(learner, EasyRows.Of(target)), Fitted(learner, EasyRows.Of(target))),
        ["fitting and predicting leave the rows as they were"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            Fitted(learner, rows);
            var untouched = EasyRows.Of(target);
            Assert.All(untouched.Columns, column => Assert.Equal(Cells(column), Cells(rows[column.Name])));
            Assert.Equal(untouched.Answers.Truth.Values.ToArray(), rows.Answers.Truth.Values.ToArray());
        },
        ["a second fit forgets the first"] = (learner, target) =>
        {
            var (first, second) = (EasyRows.Of(target), EasyRows.Of(target, seed: 2));
            var fresh = Fitted(learner, first);
            Fitted(learner, second);
            Assert.Equal(fresh, Fitted(learner, first));
        },
        ["a row scores alone as it does in a batch"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows, null, Context);
            var (batch, alone) = (model.Predict(rows), model.Predict(rows.Take([7])));
            for (var output = 0; output < batch.Outputs; output++) Assert.Equal(batch[7, output], alone[0, output], 1e-5f);
        },
        ["no rows can be predicted"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows, null, Context);
            Assert.Equal((0, rows.Answers.Outputs), (model.Predict(rows.Take([])).Rows, model.Predict(rows.Take([])).Outputs));
        },
        ["rows without answers can be predicted"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows, null, Context);
            Assert.Equal(Values(model, rows), Values(model, rows.WithTarget(null)));
        },
        ["a saved model predicts as before"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            var folder = Directory.CreateTempSubdirectory("kaggle-law-");
            try
            {
                using var model = learner.Fit(rows, null, Context);
                model.Save(folder.FullName);
                using var loaded = learner.Load(folder.FullName, Context);
                Assert.Equal(Values(model, EasyRows.WithGaps(rows)), Values(loaded, EasyRows.WithGaps(rows)));
                Assert.Equal(model.Record.Iterations, loaded.Record.Iterations);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        },
        ["one training row is enough"] = (learner, target) => LearnsFrom(learner, EasyRows.Of(target).Take([3])),
        ["one column is enough"] = (learner, target) =>
        {
            if (learner.Uses.HasFlag(ColumnKind.Number)) LearnsFrom(learner, Only(EasyRows.Of(target), "size"));
            if (learner.Uses.HasFlag(ColumnKind.Category)) LearnsFrom(learner, Only(EasyRows.Of(target), "colour"));
        },
        ["a constant column is no error"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            float[] five = [.. Enumerable.Repeat(5f, rows.Rows)];
            LearnsFrom(learner, rows.WithColumns([.. rows.Columns, new NumberColumn("five", five)]));
            LearnsFrom(learner, rows.WithColumns([new NumberColumn("five", five)]));
        },
        ["missing values are no error"] = (learner, target) =>
        {
            LearnsFrom(learner, EasyRows.WithGaps(EasyRows.Of(target)));
            using var model = learner.Fit(EasyRows.Of(target), null, Context);
            Sound(model, EasyRows.WithGaps(EasyRows.Of(target)), EasyRows.Of(target).Answers);
        },
        ["a level never seen is no error"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            int[] codes = [.. Enumerable.Range(0, rows.Rows).Select(i => i % 4)];
            var strange = rows.WithColumns(rows.Columns.Select(c => c.Name == "colour" ? new CategoryColumn("colour", codes, ["red", "green", "blue", "pink"]) : c));
            using var model = learner.Fit(rows, null, Context);
            Sound(model, strange, rows.Answers);
            // Known to the column, yet in no training row.
            LearnsFrom(learner, strange.Take([.. Enumerable.Range(0, rows.Rows).Where(i => codes[i] != 3)]), strange);
        },
        ["levels in another order mean the same"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            int[] codes = [.. rows.Codes("colour").ToArray().Select(c => 2 - c)];
            var turned = rows.WithColumns(rows.Columns.Select(c => c.Name == "colour" ? new CategoryColumn("colour", codes, ["blue", "green", "red"]) : c));
            using var model = learner.Fit(rows, null, Context);
            Assert.Equal(Values(model, rows), Values(model, turned));
        },
        ["columns in another order mean the same"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows, null, Context);
            Assert.Equal(Values(model, rows), Values(model, rows.WithColumns(rows.Columns.Reverse())));
        },
        ["columns that it does not use are passed over"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            var texts = Enumerable.Range(0, rows.Rows).Select(i => (string?)$"row {i}").ToArray();
            var more = rows.WithColumns([.. rows.Columns, new ImageColumn("picture", texts), new TextColumn("note", texts)]);
            if (!learner.Uses.HasFlag(ColumnKind.Text) && !learner.Uses.HasFlag(ColumnKind.Image)) Assert.Equal(Fitted(learner, rows), Fitted(learner, more));
        },
        ["only one class in the training rows is no error"] = (learner, target) =>
        {
            if (target is NumberTarget or QuantileTarget) return;
            var rows = EasyRows.Of(target);
            var same = new TargetValues(target, rows.Answers.Truth.Map(_ => 1), rows.Answers.Classes);
            LearnsFrom(learner, rows.WithTarget(same));
        },
        ["a constant answer is predicted"] = (learner, target) =>
        {
            if (target is not NumberTarget) return;
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows.WithTarget(new(target, rows.Answers.Truth.Map(_ => 4))), null, Context);
            var expected = rows.Answers.Scale.Forward(4);
            Assert.All(Values(model, rows), value => Assert.Equal(expected, value, 0.05f));
        },
        ["it beats the best constant on easy rows"] = (learner, target) =>
        {
            var (train, later) = (EasyRows.Of(target), EasyRows.Of(target, seed: 2));
            using var model = learner.Fit(train, null, Context);
            var name = Registry.Learners.First(l => ReferenceEquals(l.Value, learner)).Key;
            Assert.InRange(Loss(model.Predict(later).Values, later.Answers), 0, ConstantLoss(train.Answers, later.Answers) * (Registry.Dummies.Contains(name) ? 1.05 : 0.8));
        },
        ["rows to stop early on are no error"] = (learner, target) =>
        {
            var rows = EasyRows.Of(target);
            using var model = learner.Fit(rows.Take(..180), rows.Take(180..), Context);
            Sound(model, rows, rows.Answers);
        },
        ["the folds of a run may share"] = (learner, target) =>
        {
            using var share = new RunShare();
            var rows = EasyRows.Of(target);
            Assert.Equal(Fitted(learner, rows.Take(..120)), Fitted(learner, rows.Take(..120), Context with { Share = share }));
            Assert.Equal(Fitted(learner, rows.Take(80..)), Fitted(learner, rows.Take(80..), Context with { Share = share }));
        },
        ["a cancelled training ends"] = (learner, target) =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(EasyRows.Of(target), null, Context with { Cancel = cancelled.Token }).Dispose());
        },
        ["no tensor is left alive"] = (learner, target) =>
        {
            if (learner.GetType().Assembly != typeof(Libtorch).Assembly) return;
            var rows = EasyRows.Of(target);
            Libtorch.Load();
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (var model = learner.Fit(rows.Take(..180), rows.Take(180..), Context)) model.Predict(rows);
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        },
        ["texts alone are learned from"] = (learner, target) =>
        {
            if (!learner.Uses.HasFlag(ColumnKind.Text)) return;
            var (train, later) = (EasyRows.AsTexts(target), EasyRows.AsTexts(target, seed: 2));
            using var share = new RunShare();
            using var model = learner.Fit(train, null, Context);
            Assert.InRange(Loss(model.Predict(later).Values, later.Answers), 0, 0.8 * ConstantLoss(train.Answers, later.Answers));
            Assert.Equal(Fitted(learner, train.Take(80..)), Fitted(learner, train.Take(80..), Context with { Share = share }));
            Assert.Equal(model.Predict(later)[7, 0], model.Predict(later.Take([7]))[0, 0], 1e-5f);
        },
        ["strange texts are no error"] = (learner, target) =>
        {
            if (!learner.Uses.HasFlag(ColumnKind.Text)) return;
            foreach (var strange in EasyRows.StrangeTexts)
            {
                var train = EasyRows.AsTexts(target, 40);
                LearnsFrom(learner, train.WithColumns([new TextColumn("note", Enumerable.Repeat(strange, 40).ToArray())]));
                using var model = learner.Fit(train, null, Context);
                Sound(model, train.WithColumns([new TextColumn("note", Enumerable.Repeat(strange, 40).ToArray())]), train.Answers);
            }
        },
        ["a saved model reads texts as before"] = (learner, target) =>
        {
            if (!learner.Uses.HasFlag(ColumnKind.Text)) return;
            var rows = EasyRows.AsTexts(target);
            var folder = Directory.CreateTempSubdirectory("kaggle-law-");
            try
            {
                using var model = learner.Fit(rows, null, Context);
                model.Save(folder.FullName);
                using var loaded = learner.Load(folder.FullName, Context);
                Assert.Equal(Values(model, rows), Values(loaded, rows));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        },
        ["the settings can be written down"] = (learner, _) =>
        {
            Assert.NotEmpty(learner.Name);
            Assert.Contains(learner.GetType().Name, UnitKey.Settings(learner).ToJsonString());
        },
    };

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from law in Laws.Keys
        from learner in Registry.Learners
        from target in EasyRows.Targets
        where learner.Value.Learns(target.Value.Task)
        select new TheoryDataRow<string, string, string>(law, learner.Key, target.Key);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner, string task) => Laws[law](Registry.Learners[learner], EasyRows.Targets[task]);

    static float[] Fitted(ILearner learner, Dataset rows, FitContext? context = null)
    {
        using var model = learner.Fit(rows, null, context ?? Context);
        return Values(model, rows);
    }

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    static void LearnsFrom(ILearner learner, Dataset train, Dataset? rows = null)
    {
        using var model = learner.Fit(train, null, Context);
        Sound(model, rows ?? train, train.Answers);
    }

    internal static void Sound(IModel model, Dataset rows, TargetValues answers)
    {
        var predicted = model.Predict(rows);
        Assert.Equal((rows.Rows, answers.Outputs), (predicted.Rows, predicted.Outputs));
        Assert.DoesNotContain(predicted.Values.Values.ToArray(), value => !float.IsFinite(value));
        if (answers.Task is not (TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel)) return;
        Assert.Equal(OutputKind.Probabilities, predicted.Kind);
        Assert.All(predicted.Values.Values.ToArray(), value => Assert.InRange(value, 0, 1));
        if (answers.Task == TaskKind.Multiclass)
            Assert.All(Enumerable.Range(0, predicted.Rows), row => Assert.Equal(1, predicted.Values.Row(row).ToArray().Sum(), 1e-4f));
    }

    /// <returns>Squared error per output (of classes against 0 and 1), or the pinball loss of quantiles.</returns>
    internal static double Loss(Matrix predicted, TargetValues answers)
    {
        var loss = 0.0;
        for (var row = 0; row < predicted.Rows; row++)
            for (var output = 0; output < predicted.Columns; output++)
            {
                var truth = answers.Target switch
                {
                    ClassTarget => answers.Truth[row, 0] == output ? 1 : 0,
                    QuantileTarget => answers.Truth[row, 0],
                    _ => answers.Learned[row, output],
                };
                var error = truth - predicted[row, output];
                loss += answers.Target is QuantileTarget q ? Math.Max(q.Levels[output] * error, (q.Levels[output] - 1) * error) : error * error;
            }
        return loss / predicted.Rows;
    }

    internal static double ConstantLoss(TargetValues train, TargetValues later)
    {
        var constant = Enumerable.Range(0, train.Outputs).Select(output => train.Target switch
        {
            ClassTarget => train.Truth.Values.ToArray().Count(t => t == output) / (float)train.Rows,
            QuantileTarget q => train.Truth.Values.ToArray().Order().ElementAt((int)(q.Levels[output] * (train.Rows - 1))),
            _ => train.Learned.Column(output).ToArray().Average(),
        }).ToArray();
        return Loss(new(Enumerable.Range(0, later.Rows).SelectMany(_ => constant).ToArray(), constant.Length), later);
    }

    static Dataset Only(Dataset rows, string column) => rows.WithColumns([rows[column]]);

    static Array Cells(Column column) => column switch
    {
        NumberColumn numbers => numbers.Values.ToArray(),
        CategoryColumn categories => categories.Codes.ToArray(),
        DateColumn dates => dates.Ticks.ToArray(),
        _ => throw new NotSupportedException(column.Name),
    };
}
