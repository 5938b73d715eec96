using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Training.Transforms;

public class MixingTests
{
    [Fact]
    public void MixUp_blends_inputs_and_answers_in_the_same_shares()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        // The input is its own answer, so a blended input must be the same blend of the two answers.
        var x = randn([500, 1], generator: random.Host);
        var mixed = new MixUp().Apply(new([x], x), random);
        var (own, other, share) = (mixed.Target, mixed.Blend!.Value.Target, mixed.Blend.Value.Share.unsqueeze(1));
        Assert.Equal((own * share + other * (1 - share)).data<float>().ToArray(), mixed.Inputs[0].data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.NotEqual(own.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void MixUps_shares_are_at_least_half_and_spread_as_beta_does()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var shares = new MixUp { Alpha = 0.4 }.Apply(new([zeros(20_000, 1)], zeros(20_000, 1)), random).Blend!.Value.Share.data<float>().ToArray();
        Assert.InRange(shares.Min(), 0.5f, 0.51f);
        // The variance of Beta(α, α) about ½ is 1 / (4 (2α + 1)); folding at ½ leaves it as it was.
        Assert.Equal(1 / (4 * 1.8), shares.Average(s => (s - 0.5) * (s - 0.5)), 3e-3);
    }

    [Fact]
    public void CutMix_keeps_the_share_of_pixels_that_it_says()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(5, CPU);
        var numbers = arange(1, 9, float32);
        var images = numbers.view(8, 1, 1, 1).expand(8, 3, 20, 30);
        var boxes = 0;
        for (var i = 0; i < 20; i++)
        {
            var cut = new CutMix().Apply(new([images], numbers.unsqueeze(1)), random);
            var (own, other, share) = (numbers.view(8, 1, 1, 1), cut.Blend!.Value.Target.view(8, 1, 1, 1), cut.Blend.Value.Share[0].item<float>());
            var pixels = cut.Inputs[0];
            Assert.True(((pixels == own) | (pixels == other)).all().item<bool>());
            foreach (var row in Enumerable.Range(0, 8).Where(r => own[r].item<float>() != other[r].item<float>()))
                Assert.Equal(share, (pixels[row] == own[row]).to(float32).mean().item<float>(), 1e-5f);
            if (share < 1) boxes++;
        }
        Assert.InRange(boxes, 10, 20);
        Assert.Throws<InputException>(() => new CutMix().Apply(new([zeros(4, 3)], zeros(4, 1)), random));
    }

    [Fact]
    public void A_blended_rows_loss_is_the_blend_of_its_losses()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        var (output, own, other) = (tensor(new[] { 0.3f, -1.2f, 2 }, [3, 1]), tensor(new[] { 0f, 1, 1 }, [3, 1]), tensor(new[] { 1f, 0, 1 }, [3, 1]));
        var objective = new Objective { Task = TaskKind.Binary, Outputs = 1, Loss = new LogisticLoss() };
        double[] shares = [0.9, 0.6, 0.5];
        double Of(Tensor target, int row) => -Math.Log(target[row, 0].item<float>() == 1 ? 1 / (1 + Math.Exp(-output[row, 0].item<float>())) : 1 - 1 / (1 + Math.Exp(-output[row, 0].item<float>())));
        var expected = Enumerable.Range(0, 3).Average(i => shares[i] * Of(own, i) + (1 - shares[i]) * Of(other, i));
        var blended = new TrainingBatch([], own, null, new(other, tensor(shares.Select(s => (float)s).ToArray())));
        Assert.Equal(expected, objective.LossOf(output, blended).item<float>(), 1e-5);
        Assert.Equal(objective.LossOf(output, blended).item<float>(), objective.LossOf(output, blended with { Weights = full([3], 7f) }).item<float>(), 1e-5);
    }

    [Fact]
    public void MixUp_refuses_codes()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        Assert.Throws<InputException>(() => new MixUp().Apply(new([zeros(4, 3), zeros(4, 1, int64)], zeros(4, 1)), random));
        new MixUp().Apply(new([zeros(4, 3), zeros(4, 0, int64)], zeros(4, 1)), random);
    }

    [Fact]
    public void Parts_of_a_blended_batch_have_their_own_blend()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        var x = randn([64, 1], generator: random.Host);
        var mixed = new MixUp().Apply(new([x], x), random);
        var part = mixed.Part(16, 8);
        Assert.Equal(mixed.Blend!.Value.Share.narrow(0, 16, 8).data<float>().ToArray(), part.Blend!.Value.Share.data<float>().ToArray());
    }
}
