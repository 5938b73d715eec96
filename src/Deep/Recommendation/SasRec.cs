using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Recommendation;

/// <summary>What comes next, from what came before: self-attention over the items that a user had, in the order of time.</summary>
/// <remarks>
/// Kang and McAuley 2018, arXiv 1808.09781, learned by cross entropy over all items instead of one drawn item (Klenitskiy and Vasilev 2023, arXiv 2309.07602: it ranks better).
/// A user's vector is that of the end of training.
/// </remarks>
public sealed record SasRec : EventLearner
{
    public SasRec() => (Dropout, Epochs, LearningRate) = (0.4, 60, 2e-3);

    /// <summary>How many of a user's last items are looked at.</summary>
    public int Length { get; init => field = Require.AtLeast(2, value); } = 50;

    public int Layers { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>A divisor of the width.</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 1;

    public override int BatchSize { get; init => field = Require.AtLeast(1, value); } = 64;

    private protected override int QuickEpochs => 5;

    public override IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (Width % Heads != 0) throw new InputException($"{Heads} heads do not divide a width of {Width}; Heads must be a divisor of Width.");
        context.Cancel.ThrowIfCancellationRequested();
        var sequences = ItemSequences.Made(train, User, Item);
        var device = TorchDevice.Of(context);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        using var network = new SasRecNetwork(sequences.Names.Items.Length, Length, Width, Layers, Heads, Dropout, random);
        network.to(device);
        var record = Learn(network, sequences, random, context);
        return new FactorModel(sequences.Names, Values(network, sequences, device), range: null, record);
    }

    FitRecord Learn(SasRecNetwork network, ItemSequences sequences, Randomness random, FitContext context)
    {
        var (had, next) = sequences.Runs(Length);
        if (had.Length == 0) return FitRecord.Nothing;                        // nobody had two things
        var device = network.Items.device;
        var runs = had.Length / Length;
        using var rows = new ResidentRows([tensor(had, [runs, Length], device: device).DetachFromDisposeScope()], tensor(next, [runs, Length], device: device).DetachFromDisposeScope());
        return Learn(network, rows, (output, batch) => Loss(network, output, batch.Target), random, context);
    }

    /// <param name="network">Its items are those that may come next.</param>
    /// <param name="output">(batch, length, width).</param>
    /// <param name="next">(batch, length) codes, 0 where nothing came.</param>
    static Tensor Loss(SasRecNetwork network, Tensor output, Tensor next)
    {
        var places = next.reshape(-1).nonzero().squeeze(1);                                                         // (events)
        var wanted = next.reshape(-1).index_select(0, places) - 1;
        var vectors = output.reshape(-1, output.shape[2]).index_select(0, places);                                 // (events, width)
        return nn.functional.cross_entropy(nn.functional.linear(vectors, network.Items, network.Bias), wanted);     // over (events, items)
    }

    FactorValues Values(SasRecNetwork network, ItemSequences sequences, Device device)
    {
        const int atOnce = 512;
        using var inference = inference_mode();
        network.eval();
        var (users, items) = (sequences.Of.Count, sequences.Names.Items.Length);
        var (last, vectors) = (sequences.Last(Length), new float[users * Width]);
        for (var first = 0; first < users; first += atOnce)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(atOnce, users - first);
            var output = network.call([tensor(last[(first * Length)..((first + count) * Length)], [count, Length], device: device)]).cpu();
            for (var i = 0; i < count; i++)
                if (Math.Min(Length, sequences.Of[first + i].Length) is > 0 and var had)
                    output[i, had - 1].contiguous().data<float>().CopyTo(vectors, (first + i) * Width);
        }
        return new(0, new float[users], [.. network.Bias.cpu().data<float>()], vectors, items == 0 ? [] : [.. network.Items.contiguous().cpu().data<float>()], Width);
    }
}
