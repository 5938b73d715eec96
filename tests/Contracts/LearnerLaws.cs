using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Tests.Contracts;

/// <summary>What every learner keeps to, for each task that it says it learns; a line in <see cref="Registry"/> adds one.</summary>
public abstract class LearnerLaws(EasyFits fits) : IClassFixture<EasyFits>
{
    /// <summary>Rows enough where a law asks whether something is an error, not what is learned.</summary>
    const int Few = 60;

    static readonly Dictionary<string, Action<ILearner, Target, EasyFit>> Laws = new()
    {
        ["one row of predictions for each row, one output for each answer"] = (_, _, easy) => Fits.Sound(easy.Model, easy.Rows, easy.Rows.Answers),
        ["the same seed gives the same"] = (learner, target, easy) => Assert.Equal(easy.Values, learner.Fitted(EasyRows.Of(target))),
        ["fitting and predicting leave the rows as they were"] = (_, target, easy) =>
        {
            Assert.NotEmpty(easy.Values);
            var untouched = EasyRows.Of(target);
            Assert.All(untouched.Columns, column => Assert.Equal(Cells(column), Cells(easy.Rows[column.Name])));
            Assert.Equal(untouched.Answers.Truth.Values.ToArray(), easy.Rows.Answers.Truth.Values.ToArray());
        },
        ["a second fit forgets the first"] = (learner, target, easy) =>
        {
            var before = easy.Values;
            learner.Fitted(EasyRows.Of(target, Few, seed: 2));
            Assert.Equal(before, learner.Fitted(EasyRows.Of(target)));
        },
        ["a row scores alone as it does in a batch"] = (_, _, easy) =>
        {
            var (batch, alone) = (easy.Model.Predict(easy.Rows), easy.Model.Predict(easy.Rows.Take([7])));
            for (var output = 0; output < batch.Outputs; output++) Assert.Equal(batch[7, output], alone[0, output], 1e-5f);
        },
        ["no rows can be predicted"] = (_, _, easy) =>
        {
            var none = easy.Model.Predict(easy.Rows.Take([]));
            Assert.Equal((0, easy.Rows.Answers.Outputs), (none.Rows, none.Outputs));
        },
        ["rows without answers can be predicted"] = (_, _, easy) => Assert.Equal(easy.Values, easy.Model.Values(easy.Rows.WithTarget(null))),
        ["a saved model predicts as before"] = (learner, _, easy) => learner.Reloaded(easy.Model, loaded =>
        {
            var rows = EasyRows.WithGaps(easy.Rows);
            Assert.Equal(easy.Model.Values(rows), loaded.Values(rows));
            Assert.Equal(easy.Model.Record.Iterations, loaded.Record.Iterations);
        }),
        ["one training row is enough"] = (learner, target, _) => learner.LearnsFrom(EasyRows.Of(target).Take([3])),
        ["one column is enough"] = (learner, target, _) =>
        {
            if (learner.Uses.HasFlag(ColumnKind.Number)) learner.LearnsFrom(Only(EasyRows.Of(target, Few), "size"));
            if (learner.Uses.HasFlag(ColumnKind.Category)) learner.LearnsFrom(Only(EasyRows.Of(target, Few), "colour"));
        },
        ["a constant column is no error"] = (learner, target, _) =>
        {
            var rows = EasyRows.Of(target, Few);
            float[] five = [.. Enumerable.Repeat(5f, rows.Rows)];
            learner.LearnsFrom(rows.WithColumns([.. rows.Columns, new NumberColumn("five", five)]));
            learner.LearnsFrom(rows.WithColumns([new NumberColumn("five", five)]));
        },
        ["missing values are no error"] = (learner, target, easy) =>
        {
            learner.LearnsFrom(EasyRows.WithGaps(EasyRows.Of(target, Few)));
            Fits.Sound(easy.Model, EasyRows.WithGaps(easy.Rows), easy.Rows.Answers);
        },
        ["a level never seen is no error"] = (learner, target, easy) =>
        {
            Fits.Sound(easy.Model, WithPink(easy.Rows), easy.Rows.Answers);
            // Known to the column, yet in no training row.
            var strange = WithPink(EasyRows.Of(target, Few));
            learner.LearnsFrom(strange.Take([.. Enumerable.Range(0, Few).Where(row => row % 4 != 3)]), strange);
        },
        ["levels in another order mean the same"] = (_, _, easy) =>
        {
            int[] codes = [.. easy.Rows.Codes("colour").ToArray().Select(c => 2 - c)];
            Assert.Equal(easy.Values, easy.Model.Values(WithColours(easy.Rows, new("colour", codes, ["blue", "green", "red"]))));
        },
        ["columns in another order mean the same"] = (_, _, easy) => Assert.Equal(easy.Values, easy.Model.Values(easy.Rows.WithColumns(easy.Rows.Columns.Reverse()))),
        ["columns that it does not use are passed over"] = (learner, _, easy) =>
        {
            if (learner.Uses.HasFlag(ColumnKind.Text) || learner.Uses.HasFlag(ColumnKind.Image)) return;
            var texts = Enumerable.Range(0, easy.Rows.Rows).Select(i => (string?)$"row {i}").ToArray();
            Assert.Equal(easy.Values, learner.Fitted(easy.Rows.WithColumns([.. easy.Rows.Columns, new ImageColumn("picture", texts), new TextColumn("note", texts)])));
        },
        ["only one class in the training rows is no error"] = (learner, target, _) =>
        {
            if (target is NumberTarget or QuantileTarget) return;
            var rows = EasyRows.Of(target, Few);
            learner.LearnsFrom(rows.WithTarget(new(target, rows.Answers.Truth.Map(_ => 1), rows.Answers.Classes)));
        },
        ["a constant answer is predicted"] = (learner, target, _) =>
        {
            if (target is not NumberTarget) return;
            var rows = EasyRows.Of(target);
            var expected = rows.Answers.Scale.Forward(4);
            Assert.All(learner.Fitted(rows.WithTarget(new(target, rows.Answers.Truth.Map(_ => 4))), rows), value => Assert.Equal(expected, value, 0.05f));
        },
        ["it beats the best constant on easy rows"] = (learner, target, easy) =>
        {
            var later = EasyRows.Of(target, seed: 2);
            var constant = Fits.ConstantLoss(easy.Rows.Answers, later.Answers);
            Assert.InRange(Fits.Loss(easy.Model.Predict(later).Values, later.Answers), 0, constant * (Registry.Dummies.Contains(learner) ? 1.05 : 0.8));
        },
        ["rows to stop early on are no error"] = (learner, target, _) =>
        {
            var rows = EasyRows.Of(target, Few);
            using var model = learner.Fit(rows.Take(..45), rows.Take(45..), Fits.Context);
            Fits.Sound(model, rows, rows.Answers);
        },
        ["the folds of a run may share"] = (learner, target, _) =>
        {
            using var share = new RunShare();
            var rows = EasyRows.Of(target, 90);
            var sharing = Fits.Context with { Share = share };
            foreach (var fold in new[] { rows.Take(..60), rows.Take(30..) }) Assert.Equal(learner.Fitted(fold), learner.Fitted(fold, context: sharing));
        },
        ["a cancelled training ends"] = (learner, target, _) => learner.EndsWhenCancelled(EasyRows.Of(target)),
        ["no tensor is left alive"] = (learner, target, _) => learner.LeavesNoTensor(EasyRows.Of(target, Few).Take(..45), EasyRows.Of(target, Few).Take(45..)),
        ["the settings can be written down"] = (learner, _, _) =>
        {
            Assert.NotEmpty(learner.Name);
            Assert.Contains(learner.GetType().Name, UnitKey.Settings(learner).ToJsonString());
        },
    };

    protected static IEnumerable<TheoryDataRow<string, string, string>> CasesOf(Func<ILearner, bool> which) =>
        from law in Laws.Keys
        from learner in Registry.Learners
        where which(learner.Value)
        from target in EasyRows.Targets
        where learner.Value.Learns(target.Value.Task)
        select new TheoryDataRow<string, string, string>(law, learner.Key, target.Key);

    protected void Hold(string law, string learner, string task)
    {
        var (whose, target) = (Registry.Learners[learner], EasyRows.Targets[task]);
        Laws[law](whose, target, fits.Of(whose, target, of => EasyRows.Of(of)));
    }

    static Dataset Only(Dataset rows, string column) => rows.WithColumns([rows[column]]);

    static Dataset WithColours(Dataset rows, CategoryColumn colours) => rows.WithColumns(rows.Columns.Select(c => c.Name == "colour" ? colours : c));

    /// <returns>The same rows in other colours; each fourth has one that <see cref="EasyRows"/> does not know.</returns>
    static Dataset WithPink(Dataset rows) => WithColours(rows, new("colour", Enumerable.Range(0, rows.Rows).Select(i => i % 4).ToArray(), ["red", "green", "blue", "pink"]));

    static Array Cells(Column column) => column switch
    {
        NumberColumn numbers => numbers.Values.ToArray(),
        CategoryColumn categories => categories.Codes.ToArray(),
        DateColumn dates => dates.Ticks.ToArray(),
        _ => throw new NotSupportedException(column.Name),
    };
}

/// <summary>A class of its own, so that it is tested beside the networks.</summary>
public class BaselineLaws(EasyFits fits) : LearnerLaws(fits)
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases => CasesOf(learner => !Fits.IsNetwork(learner));

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner, string task) => Hold(law, learner, task);
}

/// <summary>Of tables, that is; see <see cref="PictureLaws"/> for others.</summary>
public class NetworkLaws(EasyFits fits) : LearnerLaws(fits)
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases => CasesOf(Fits.IsNetwork);

    [Theory, MemberData(nameof(Cases))]
    public void Holds(string law, string learner, string task) => Hold(law, learner, task);
}
