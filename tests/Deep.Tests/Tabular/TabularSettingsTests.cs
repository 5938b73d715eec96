using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Tabular;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Tests.Deep.Tabular;

/// <summary>The settings that all networks over tables share do what their names say.</summary>
public class TabularSettingsTests
{
    static readonly TabularNet[] nets = [new Mlp(), new TabM(), new TabularResNet(), new RealMlp(), new ModernNca(), new FtTransformer()];

    [Fact]
    public void A_network_is_called_by_its_type() => Assert.All(nets, net => Assert.Equal(net.GetType().Name, net.Name));

    [Fact]
    public void Numbers_stay_within_those_seen_unless_they_need_not()
    {
        var rows = new Dataset([new NumberColumn("x", Enumerable.Range(0, 200).Select(i => i / 200f).ToArray())],
            new TargetValues(Target.Number("y"), new(Enumerable.Range(0, 200).Select(i => i / 10f).ToArray(), 1)));
        var beyond = rows.WithColumns([new NumberColumn("x", Enumerable.Repeat(4f, 200).ToArray())]);
        float Most(bool clamp)
        {
            using var model = new RealMlp { Epochs = 20, Hidden = [32], BatchSize = 32, LearningRate = 0.05, Clamp = clamp }.Fit(rows, null, Some.Context);
            return model.Predict(beyond).Values.Values.ToArray().Max();
        }
        Assert.InRange(Most(clamp: true), 15, 19.9f);
        Assert.InRange(Most(clamp: false), 20f, 1000);
        Assert.All(nets, net => Assert.True(net.Clamp));
    }

    [Fact]
    public void A_share_of_the_rows_is_all_that_is_learned_from_and_the_same_again()
    {
        var rows = Some.Rows(TaskKind.Binary, 300);
        using var model = (TabularModel)new ModernNca { Epochs = 1, RowShare = 0.2 }.Fit(rows, null, Some.Context);
        Assert.Equal(60, model.State.Settings.Kept);                                        // it keeps the rows it learned from
        var few = new Mlp { Epochs = 3, BatchSize = 32, RowShare = 0.2 };
        Assert.Equal(Predicted(few, rows), Predicted(few, rows));
        Assert.NotEqual(Predicted(few with { RowShare = 1 }, rows), Predicted(few, rows));
    }

    [Fact]
    public void A_tenth_of_an_epoch_of_ten_steps_is_one_step()
    {
        var rows = Some.Rows(TaskKind.Regression, 320);
        double Rate(double share)
        {
            using var model = new Mlp { Epochs = 1, BatchSize = 32, LearningRate = 0.01, EpochShare = share }.Fit(rows, null, Some.Context);
            return model.Record.Curves.Single(c => c.Name == "learning rate").Values.Single();
        }
        Assert.Equal(0.01 / 25, Rate(0.1), 1e-9);                                           // of the last step: one cycle's first is a twenty-fifth
        Assert.Equal(0.01 * new OneCycle().At(0.9).Rate, Rate(1), 1e-9);
    }

    [Fact]
    public void Snapshots_are_networks_that_are_averaged_saved_and_loaded()
    {
        var rows = Some.Rows(TaskKind.Regression);
        var learner = new Mlp { Epochs = 6, BatchSize = 64, LearningRate = 0.01, Snapshots = 3 };
        using var model = (TabularModel)learner.Fit(rows, null, Some.Context);
        Assert.Equal(3, model.State.Networks);
        // The cosine falls to nothing at the end of each pair of epochs and starts anew.
        var rates = model.Record.Curves.Single(c => c.Name == "learning rate").Values;
        Assert.All(new[] { 1, 3, 5 }, end => Assert.InRange(rates[end], 0, 0.2 * rates[end - 1]));

        var folder = Directory.CreateTempSubdirectory().FullName;
        model.Save(folder);
        Assert.Equal(["weights-2.safetensors", "weights-3.safetensors", "weights.safetensors"], Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using (var loaded = learner.Load(folder, Some.Context))
            Assert.Equal(Values(model, rows), Values(loaded, rows));

        // The mean of what the three say alone: each file in turn in place of all.
        var alone = new List<float[]>();
        foreach (var weights in Directory.GetFiles(folder, "*.safetensors"))
        {
            var one = Directory.CreateTempSubdirectory().FullName;
            File.Copy(weights, Path.Combine(one, "weights.safetensors"));
            File.WriteAllText(Path.Combine(one, "model.json"), File.ReadAllText(Path.Combine(folder, "model.json")).Replace("\"networks\":3", "\"networks\":1"));
            using var single = learner.Load(one, Some.Context);
            alone.Add(Values(single, rows));
            Directory.Delete(one, recursive: true);
        }
        Assert.NotEqual(alone[0], alone[1]);
        Assert.All(Values(model, rows).Select((v, i) => (v, Mean: alone.Average(a => a[i]))), p => Assert.Equal(p.Mean, p.v, 1e-3f));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_saved_network_of_another_kind_or_without_its_weights_is_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        using (var model = new Mlp { Epochs = 1, Hidden = [4] }.Fit(Some.Rows(TaskKind.Regression, 40), null, Some.Context)) model.Save(folder);
        string Sentence(TabularNet net) => Assert.Throws<InputException>(() => net.Load(folder, Some.Context)).Message;
        Assert.Equal($"{folder} holds a model of Mlp; one of RealMlp was expected.", Sentence(new RealMlp()));
        File.Delete(Path.Combine(folder, "weights.safetensors"));
        Assert.Equal($"There is no whole model in {folder}: weights.safetensors is missing. Fit it again.", Sentence(new Mlp()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Averaging_of_any_kind_changes_what_a_training_ends_with_and_survives_json()
    {
        var (rows, held) = (Some.Rows(TaskKind.Regression, 300), Some.Rows(TaskKind.Regression, 100, seed: 5));
        var plain = new Mlp { Epochs = 6, BatchSize = 32, LearningRate = 0.01 };
        var last = Predicted(plain, rows, held);
        foreach (WeightAveraging averaging in new WeightAveraging[] { new RunningAverage { Decay = 0.9 }, new EpochAverage { LastShare = 0.5 }, new BestEpochs() })
        {
            Assert.Equal(averaging, JsonSerializer.Deserialize<WeightAveraging>(JsonSerializer.Serialize(averaging)));
            var said = Predicted(plain with { Averaging = averaging }, rows, held);
            Assert.All(said, v => Assert.True(float.IsFinite(v)));
            if (averaging is not BestEpochs) Assert.NotEqual(last, said);
        }
    }

    static float[] Predicted(ILearner learner, Dataset rows, Dataset? held = null)
    {
        using var model = learner.Fit(rows, held, Some.Context);
        return Values(model, rows);
    }

    static float[] Values(IModel model, Dataset rows) => model.Predict(rows).Values.Values.ToArray();
}
