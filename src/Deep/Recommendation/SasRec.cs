using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Recommendation;

/// <summary>What comes next, from what came before: self-attention over the items that a user had, in the order of time.</summary>
/// <remarks>
/// Kang and McAuley 2018, arXiv 1808.09781, learned by cross entropy over all items instead of one drawn item (Klenitskiy and Vasilev 2023, arXiv 2309.07602: it ranks better).
/// Every row is an event, whatever its rating. A user's vector is that of the end of training; of a user never met only the items' biases speak. Predictions are scores.
/// </remarks>
public sealed record SasRec : IRatesPairs
{
    public string Name { get; init; } = "SasRec";

    /// <summary>The column of users.</summary>
    public string User { get; init; } = "user";

    /// <summary>The column of items.</summary>
    public string Item { get; init; } = "item";

    /// <summary>How many of a user's last items are looked at.</summary>
    public int Length { get; init => field = Require.AtLeast(2, value); } = 50;

    /// <summary>Of an item's vector.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    public int Layers { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>A divisor of the width.</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 1;

    public double Dropout { get; init => field = Require.Between(0, 0.99, value); } = 0.4;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 60;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 64;

    public double LearningRate { get; init => field = Require.Positive(value); } = 2e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    public ColumnKind Uses => ColumnKind.Category;

    public bool StopsEarly => false;

    public bool Learns(TaskKind task) => task is TaskKind.Regression or TaskKind.Binary;

    ILearner? ILearner.Quick => this with { Epochs = Math.Min(Epochs, 5) };

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
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

    public IModel Load(string folder, FitContext context) => FactorModel.Load(folder);

    FitRecord Learn(SasRecNetwork network, ItemSequences sequences, Randomness random, FitContext context)
    {
        var (had, next) = sequences.Runs(Length);
        if (had.Length == 0) return FitRecord.Nothing;                        // nobody had two things
        var device = network.Items.device;
        var runs = had.Length / Length;
        using var rows = new ResidentRows([tensor(had, [runs, Length], device: device).DetachFromDisposeScope()], tensor(next, [runs, Length], device: device).DetachFromDisposeScope());
        return new NetworkTraining
        {
            Recipe = new() { Update = new AdamW { Rate = LearningRate, Decay = WeightDecay }, Epochs = Epochs, BatchSize = BatchSize, Schedule = new OneCycle() },
            Network = network,
            Train = rows,
            Loss = (output, batch) => Loss(network, output, batch.Target),
            Random = random,
            Identity = JsonSerializer.Serialize(new { Settings = this, train = had.Length, context.Seed, context.Iterations }),
            Context = context,
        }.Run();
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
