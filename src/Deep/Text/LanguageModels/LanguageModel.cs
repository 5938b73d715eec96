using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>ULMFiT's first half: a language model of a competition's own texts, begun with a published one where there is one.</summary>
/// <remarks>arXiv 1801.06146; epochs, rates and sizes of fastai's course. Kept by all that it depends on: the folds of a run, and later runs, share it.</remarks>
public sealed record LanguageModel
{
    /// <summary>A folder with model.safetensors (or model.pth) and words.txt, one word a line in the order of the weights; null: the weights begin as drawn.</summary>
    public string? Published { get; init; }

    public AwdLstmSizes Sizes { get; init; } = new();

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>Lines that are read side by side.</summary>
    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Words between two steps.</summary>
    public int Stretch { get; init => field = Require.AtLeast(2, value); } = 72;

    /// <summary>At its highest.</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 2e-3;

    /// <summary>Words that stand in the texts less often are unknown.</summary>
    public int MinTimes { get; init => field = Require.AtLeast(1, value); } = 3;

    public int MostWords { get; init => field = Require.AtLeast(1, value); } = 60_000;

    /// <summary>Factor of all dropouts.</summary>
    public double DropFactor { get; init => field = Require.Between(0, 2, value); } = 1;

    /// <param name="texts">Tokens of each row, of <see cref="LanguageTokens.Split"/>.</param>
    /// <param name="cache">Where the result is kept.</param>
    /// <param name="context">Seed, device, threads, progress, cancellation.</param>
    /// <returns>A file of the body's weights; its words lie beside it, ".words".</returns>
    /// <exception cref="InputException">The published files do not fit.</exception>
    public string Learn(IReadOnlyList<IReadOnlyList<string>> texts, string cache, FitContext context)
    {
        var key = ContentHash.Of([Published is null ? "" : EncoderCheckpoint.HashOf(Published), EncoderCheckpoint.Code, ToString(), context.Seed.ToString(CultureInfo.InvariantCulture), .. texts.Select(text => string.Join(' ', text))])[..32];
        var file = Path.Combine(cache, $"{key}.safetensors");
        if (File.Exists(file)) return file;
        Directory.CreateDirectory(cache);
        var device = TorchDevice.Of(context);
        var words = LanguageTokens.Learn(texts, MinTimes, MostWords);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var dropouts = new AwdDropouts().Times(DropFactor);
        var body = new AwdLstm(words.Words.Count, Sizes, dropouts, random);
        using var network = new LanguageModelNetwork(body, dropouts.Output);
        if (Published is not null) LanguageWeights.Into(network, body, Published, words);
        network.to(device);
        using var streams = new LanguageStreams([.. texts.Select(words.Numbers)], Stretch, device);
        new NetworkTraining
        {
            Recipe = new()
            {
                Update = new AdamW { Rate = LearningRate, Decay = 0.1 }, Epochs = Epochs, BatchSize = BatchSize, Clip = 1,
                // What was published is met by the words' vectors alone first, ten times as fast (fastai's 2e-2, then 2e-3).
                Stages = Published is null ? null : [new() { Epochs = 1, From = ^1, Rate = 10 }, new() { Epochs = Epochs }],
                Schedule = new OneCycle(),
            },
            Network = network, Train = streams, Loss = network.LossOf, Random = random, Identity = ToString(),
            // Neither checkpoints nor epochs of this belong to the unit that asks for it first.
            Context = context with { Scratch = null, Journal = null, Iterations = null },
        }.Run();
        words.Write(WordsOf(file));
        Safetensors.Write(file, body.state_dict().Select(s => (s.Key, s.Value)));
        return file;
    }

    internal static string WordsOf(string file) => Path.ChangeExtension(file, ".words");
}
