using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>What the laws of all kinds of learners do again and again: fit, predict, save and load, and look at what was predicted.</summary>
static class Fits
{
    public static readonly FitContext Context = new() { Seed = 5 };

    public static float[] Values(this IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();

    /// <returns>What a fresh model predicts of rows, its training rows unless others are given.</returns>
    public static float[] Fitted(this ILearner learner, Dataset train, Dataset? rows = null, FitContext? context = null)
    {
        using var model = learner.Fit(train, null, context ?? Context);
        return model.Values(rows ?? train);
    }

    /// <summary>Fits, and looks at what is predicted of the training rows unless others are given.</summary>
    public static void LearnsFrom(this ILearner learner, Dataset train, Dataset? rows = null)
    {
        using var model = learner.Fit(train, null, Context);
        Sound(model, rows ?? train, train.Answers);
    }

    /// <param name="learner">Whose model it is.</param>
    /// <param name="model">Is saved.</param>
    /// <param name="compare">Given the model as it was loaded.</param>
    public static void Reloaded(this ILearner learner, IModel model, Action<IModel> compare)
    {
        var folder = Directory.CreateTempSubdirectory("kaggle-law-");
        try
        {
            model.Save(folder.FullName);
            using var loaded = learner.Load(folder.FullName, Context);
            compare(loaded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static void EndsWhenCancelled(this ILearner learner, Dataset train)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(train, null, Context with { Cancel = cancelled.Token }).Dispose());
    }

    /// <param name="learner">One without a network leaves none.</param>
    /// <param name="train">Learned from, and predicted then.</param>
    /// <param name="validation">To stop early on; null: there are none.</param>
    public static void LeavesNoTensor(this ILearner learner, Dataset train, Dataset? validation = null)
    {
        if (!IsNetwork(learner)) return;
        Libtorch.Load();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var model = learner.Fit(train, validation, Context)) model.Predict(train);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    public static bool IsNetwork(ILearner learner) => learner.GetType().Assembly == typeof(Libtorch).Assembly;

    /// <summary>A finite number for each row and answer; chances within 0 and 1, which sum to 1 over classes.</summary>
    public static void Sound(IModel model, Dataset rows, TargetValues answers)
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
    public static double Loss(Matrix predicted, TargetValues answers)
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

    /// <returns>The loss on later rows of the constants that the training rows suggest.</returns>
    public static double ConstantLoss(TargetValues train, TargetValues later)
    {
        var constant = Enumerable.Range(0, train.Outputs).Select(output => train.Target switch
        {
            ClassTarget => train.Truth.Values.ToArray().Count(t => t == output) / (float)train.Rows,
            QuantileTarget q => train.Truth.Values.ToArray().Order().ElementAt((int)(q.Levels[output] * (train.Rows - 1))),
            _ => train.Learned.Column(output).ToArray().Average(),
        }).ToArray();
        return Loss(new(Enumerable.Range(0, later.Rows).SelectMany(_ => constant).ToArray(), constant.Length), later);
    }
}
