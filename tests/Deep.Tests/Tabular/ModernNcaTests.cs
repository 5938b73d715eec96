using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Tabular;

public class ModernNcaTests
{
    static readonly NetworkSettings settings = new() { Hidden = [4], Frequencies = 3, Deviation = 0.1, EmbeddingWidth = 2, Kept = 10, Drawn = 5, Variant = "numbers" };

    [Fact]
    public void While_it_trains_no_row_votes_for_itself()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        using var untracked = no_grad();
        var net = new ModernNcaNetwork(1, 1, [], settings, 1, random, new MatrixPrecision(TrainingPrecision.Float32));
        // All rows lie at one place and only row 0 answers 1: whoever asks hears of the others alone.
        Tensor[] inputs = [zeros(10, 1), zeros(10, 0, int64)];
        var target = zeros(10, 1);
        target[0, 0] = 1;
        var more = net.Remember(inputs, target, random);
        net.train();
        for (var step = 0; step < 20; step++)
        {
            var batch = tensor(new[] { 0L, 1L, 2L });
            var said = net.call([.. inputs.Concat(more).Select(x => x.index_select(0, batch))]);
            Assert.Equal(0, said[0, 0].item<float>());
            Assert.InRange(said[1, 0].item<float>(), 0.1f, 0.2f);              // one voter of the two beside it and the five drawn
        }
    }

    [Fact]
    public void Of_more_rows_than_it_keeps_it_learns_all_the_same()
    {
        var (train, test) = (Some.Rows(TaskKind.Regression, 600), Some.Rows(TaskKind.Regression, 200, seed: 9));
        using var model = new ModernNca { Kept = 100, Epochs = 120, BatchSize = 64 }.Fit(train, null, Some.Context);
        var predicted = model.Predict(test).Values.Values.ToArray();
        var truth = test.Answers.Learned.Values.ToArray();
        var (error, spread) = (predicted.Zip(truth, (p, t) => Math.Pow(p - t, 2)).Average(), truth.Average(t => Math.Pow(t - truth.Average(), 2)));
        Assert.InRange(error / spread, 0, 0.15);
    }
}
