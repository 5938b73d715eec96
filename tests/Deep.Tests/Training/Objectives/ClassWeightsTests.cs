using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Objectives;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training.Objectives;

public class ClassWeightsTests
{
    static readonly double[][] outputs = [[1, -0.5, 0.25], [0, 2, -1], [0.5, 0.5, 0.5], [-2, 0, 1]];
    static readonly int[] classes = [0, 1, 2, 0];

    [Fact]
    public void Cross_entropy_is_the_weighted_mean_of_the_rows_log_losses()
    {
        double[] weights = [0.5, 2, 4];
        var each = outputs.Select((o, i) => -Math.Log(Softmax(o)[classes[i]])).ToArray();
        var expected = each.Select((l, i) => l * weights[classes[i]]).Sum() / classes.Sum(c => weights[c]);
        Assert.Equal(expected, Loss(new CrossEntropyLoss { ClassWeights = [0.5, 2, 4] }), 1e-6);
    }

    [Fact]
    public void Focal_loss_multiplies_each_row_by_its_classs_weight_and_by_what_is_left_to_know()
    {
        double[] weights = [0.5, 2, 4];
        var expected = outputs.Select((o, i) => Softmax(o)[classes[i]]).Select((p, i) => -weights[classes[i]] * Math.Pow(1 - p, 1.5) * Math.Log(p)).Average();
        Assert.Equal(expected, Loss(new FocalLoss { Gamma = 1.5, ClassWeights = [0.5, 2, 4] }), 1e-6);
    }

    [Fact]
    public void Focal_loss_of_yes_and_no_weighs_both()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        double[] said = [0.3, -1.2, 2];
        float[] truth = [1, 0, 0];
        var expected = said.Select((o, i) => truth[i] == 1 ? 1 / (1 + Math.Exp(-o)) : 1 / (1 + Math.Exp(o))).Select((p, i) => -(truth[i] == 1 ? 0.75 : 0.25) * Math.Pow(1 - p, 2) * Math.Log(p)).Average();
        var loss = new FocalLoss { ClassWeights = [0.25, 0.75] }.Of(tensor(said.Select(x => (float)x).ToArray(), [3, 1, 1]), tensor(truth, [3, 1]), null);
        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Each_label_has_its_own_weight_of_a_yes()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        double[] said = [0.3, -1.2, 2, 0.1];
        float[] truth = [1, 1, 0, 1];
        double[] weights = [3, 5];
        var expected = said.Select((o, i) => truth[i] == 1 ? weights[i % 2] * Math.Log(1 + Math.Exp(-o)) : Math.Log(1 + Math.Exp(o))).Average();
        var loss = new LogisticLoss { PositiveWeights = [3, 5] }.Of(tensor(said.Select(x => (float)x).ToArray(), [2, 1, 2]), tensor(truth, [2, 2]), null);
        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    // scikit-learn 1.2.1: compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2]) → 0.66666667, 2, 1.
    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        TargetValues answers = new(Target.Classes("y"), new(new float[] { 0, 0, 0, 1, 2, 2 }, 1), ["a", "b", "c"]);
        var fitted = (CrossEntropyLoss)Objective.For(answers, new CrossEntropyLoss { Balanced = true }).Loss;
        Assert.Equal([0.66666667, 2, 1], fitted.ClassWeights.Select(w => Math.Round(w, 8)));
        TargetValues binary = new(Target.Binary("y"), new(new float[] { 0, 0, 0, 1 }, 1), ["no", "yes"]);
        Assert.Equal([3], ((LogisticLoss)Objective.For(binary, new LogisticLoss { Balanced = true }).Loss).PositiveWeights);
    }

    [Fact]
    public void As_many_weights_as_classes_or_a_sentence()
    {
        TargetValues answers = new(Target.Classes("y"), new(new float[] { 0, 1, 2 }, 1), ["a", "b", "c"]);
        var error = Assert.Throws<InputException>(() => Objective.For(answers, new CrossEntropyLoss { ClassWeights = [1, 2] }));
        Assert.Contains("3 classes", error.Message);
    }

    [Fact]
    public void Balanced_classes_make_a_rare_one_be_found_more_often()
    {
        var random = new Random(4);
        var x = Enumerable.Range(0, 600).Select(_ => random.NextSingle()).ToArray();
        // In the upper fifth one in four is of the rare class: never the most likely, but found where it counts as much as the others.
        var y = x.Select(v => v < 0.4f ? 0f : v < 0.8f || random.Next(4) > 0 ? 1 : 2).ToArray();
        var rows = new Dataset([new NumberColumn("x", x)], new TargetValues(Target.Classes("y"), new(y, 1), ["a", "b", "rare"]));
        int Found(TrainingLoss loss)
        {
            using var model = new Mlp { Epochs = 15, BatchSize = 64, LearningRate = 0.01, Loss = loss }.Fit(rows, null, Some.Context);
            var predicted = model.Predict(rows);
            return Enumerable.Range(0, rows.Rows).Count(i => y[i] == 2 && predicted[i, 2] > predicted[i, 0] && predicted[i, 2] > predicted[i, 1]);
        }
        var rare = y.Count(c => c == 2);
        Assert.InRange(Found(new CrossEntropyLoss()), 0, rare / 3);
        Assert.InRange(Found(new CrossEntropyLoss { Balanced = true }), 2 * rare / 3, rare);
        Assert.InRange(Found(new FocalLoss { Balanced = true }), 2 * rare / 3, rare);
    }

    [Fact]
    public void Weights_survive_json()
    {
        TrainingLoss loss = new FocalLoss { ClassWeights = [1, 2, 3] };
        Assert.Equal(loss, JsonSerializer.Deserialize<TrainingLoss>(JsonSerializer.Serialize(loss)));
    }

    static double Loss(TrainingLoss loss)
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        var said = tensor(outputs.SelectMany(o => o).Select(x => (float)x).ToArray(), [outputs.Length, 1, 3]);
        return loss.Of(said, tensor(Array.ConvertAll(classes, c => (long)c)), null).item<float>();
    }

    static double[] Softmax(double[] x)
    {
        var sum = x.Sum(Math.Exp);
        return Array.ConvertAll(x, v => Math.Exp(v) / sum);
    }
}
