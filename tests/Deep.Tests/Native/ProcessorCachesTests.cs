using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Native;

/// <summary>On a machine that hides its caches these ended the process, or differed by all that a padded block lost.</summary>
public sealed class ProcessorCachesTests
{
    public ProcessorCachesTests() => Libtorch.Load();

    [Theory, InlineData(16, 40), InlineData(64, 1), InlineData(8, 8), InlineData(100, 10)]
    public void A_convolution_of_one_by_one_is_a_matrix_product(int given, int made)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, w) = (rand([32, given, 7, 7]) - 0.5, rand([made, given, 1, 1]) - 0.5);

        var y = nn.functional.conv2d(x, w);
        var product = x.permute(0, 2, 3, 1).reshape(-1, given).mm(w.reshape(made, given).t()).reshape(32, 7, 7, made).permute(0, 3, 1, 2);

        Assert.InRange((y - product).abs().max().item<float>(), 0, 1e-4);
    }

    [Theory, InlineData(20), InlineData(48), InlineData(64)]
    public void An_lstm_says_the_same_while_it_predicts_as_while_it_trains(int width)
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(width, width, batchFirst: true);
        var x = rand([8, 12, width]) - 0.5;
        var zero = zeros([1, 8, width]);

        var training = lstm.call(x, (zero, zero)).Item1.detach();
        using var untracked = no_grad();
        var predicting = lstm.call(x, (zero, zero)).Item1;

        Assert.InRange((training - predicting).abs().max().item<float>(), 0, 1e-5);
    }
}
