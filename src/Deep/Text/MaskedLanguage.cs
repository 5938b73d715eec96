using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>Trains a published encoder on for its first task, hidden words, on a competition's own texts; no answer is looked at.</summary>
/// <remarks>S. Gururangan et al., "Don't stop pretraining", arXiv 2004.10964. The result is kept by all that it depends on, so the folds of a run, and later runs, share it.</remarks>
public sealed record MaskedLanguage
{
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 3;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 16;

    public double LearningRate { get; init => field = Require.Positive(value); } = 5e-5;

    /// <summary>How many of the tokens are hidden.</summary>
    public double Share { get; init => field = Require.Between(0.01, 0.9, value); } = 0.15;

    public int MostTokens { get; init => field = Require.AtLeast(4, value); } = 128;

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    /// <summary>See <see cref="FineTunedEncoder.GradientCheckpointing"/>.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <param name="folder">A published encoder's.</param>
    /// <param name="texts">Repeated ones count once.</param>
    /// <param name="cache">Where the result is kept.</param>
    /// <param name="context">Device, threads, progress, cancellation.</param>
    /// <returns>A file of the body's weights.</returns>
    /// <exception cref="InputException">The tokenizer knows no mask, or there are no texts.</exception>
    public string Adapt(string folder, IEnumerable<string?> texts, string cache, FitContext context)
    {
        string[] different = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var key = ContentHash.Of([EncoderCheckpoint.HashOf(folder), EncoderCheckpoint.Code, ToString(), context.Seed.ToString(CultureInfo.InvariantCulture), .. different])[..32];
        var file = Path.Combine(cache, $"{key}.safetensors");
        if (File.Exists(file)) return file;
        Directory.CreateDirectory(cache);
        var device = TorchDevice.Of(context);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        using var network = Trained(folder, different, random, device, context);
        Safetensors.Write(file, network.state_dict().Where(s => s.Key.StartsWith("body.", StringComparison.Ordinal)).Select(s => (s.Key["body.".Length..], s.Value)));
        return file;
    }

    MaskedLanguageNetwork Trained(string folder, string[] texts, Randomness random, TorchSharp.torch.Device device, FitContext context)
    {
        var (tokenizer, config) = (EncoderTokenizer.Read(folder), EncoderConfig.Read(Path.Combine(folder, "config.json")));
        var mask = tokenizer.Mask ?? throw new InputException($"The tokenizer in {folder} knows no mask ([MASK] or <mask>), so no words can be hidden; leave Pretraining out.");
        EncodedText[] encoded = [.. texts.AsParallel().AsOrdered().Select(text => tokenizer.Encode(text, null, MostTokens)).Where(text => text.Ids.Length > 2)];
        if (encoded.Length == 0) throw new InputException("There are no texts to learn hidden words from.");
        var compute = new MatrixPrecision(Precision);
        var body = EncoderCheckpoint.Build(config, random, compute);
        EncoderCheckpoint.Into(body, EncoderCheckpoint.WeightsIn(folder));
        if (GradientCheckpointing) body.Recomputation = new(random);
        var network = new MaskedLanguageNetwork(body, random, compute);
        network.LoadHead(EncoderCheckpoint.WeightsIn(folder));
        network.to(device);
        using var rows = new TokenRows(encoded, tokenizer.Pad, zeros(encoded.Length, 1).DetachFromDisposeScope(), null);
        using var source = new PrefetchedRows(new MaskedTokens(rows, (text, token) => encoded[text].Places[token].Length == 0, mask, config.VocabSize, Share), device);
        new NetworkTraining
        {
            Recipe = new()
            {
                Update = new AdamW { Rate = LearningRate, Decay = 0.01, Beta2 = 0.999, Epsilon = 1e-8 }, Epochs = Epochs, BatchSize = BatchSize,
                Schedule = new WarmUp { Climb = 0.1 }, Clip = 1, Precision = Precision,
            },
            Network = network, Train = source, Loss = network.LossOf, Random = random, Identity = ToString(),
            // Neither checkpoints nor epochs of this belong to the unit that asks for it first.
            Context = context with { Scratch = null, Journal = null, Iterations = null },
        }.Run();
        return network;
    }
}
