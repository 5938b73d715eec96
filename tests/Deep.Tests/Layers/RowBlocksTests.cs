using CsCheck;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Layers;

public sealed class RowBlocksTests
{
    public RowBlocksTests() => Libtorch.Load();

    [Fact]
    public void Blocks_have_each_row_once_and_in_order() => Gen.Select(Gen.Int[0, 5000], Gen.Int[1, 700]).Sample((rows, width) =>
    {
        var blocks = new RowBlocks(rows, width);
        var next = 0;
        for (var block = 0; block < blocks.Count; block++)
        {
            var (start, end) = blocks.Of(block);
            Assert.Equal(next, start);
            next = end;
        }
        Assert.Equal(rows, next);
    });

    [Fact]
    public void A_norm_and_its_slopes_are_the_same_to_the_last_bit_for_any_number_of_threads()
    {
        float[] Learn(int threads)
        {
            torch.set_num_threads(threads);
            using var scope = NewDisposeScope();
            using var random = new Randomness(3, CPU);
            var x = empty(1000, 77).uniform_(-1, 1, random.Host).requires_grad_();
            using var norm = new RowNorm(77, rectify: true);
            norm.train();
            var y = norm.call(x);
            (y * y * y).sum().backward();
            return [.. y.data<float>(), .. x.grad!.data<float>(), .. norm.parameters().SelectMany(p => p.grad!.data<float>().ToArray())];
        }

        Assert.Equal(Learn(1), Learn(2));
    }
}
