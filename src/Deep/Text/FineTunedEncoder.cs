using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A published text encoder, trained on for the answers: all layers, those near the input slower.</summary>
/// <remarks>
/// Defaults: J. Devlin et al. (rate, epochs, warm-up), layer-wise decay of rates as in AutoGluon's text recipe. Rows of like length share a batch, so little
/// padding is computed. Text columns are read in the order of their names: the first alone, the others joined as its pair.
/// </remarks>
/// <param name="Folder">config.json, the weights (model.safetensors or pytorch_model.bin) and the tokenizer's files, as published.</param>
public sealed record FineTunedEncoder(string Folder) : ILearner, IFollowsFromFiles
{
    public string Name { get; init; } = "Encoder";

    /// <summary>Tokens of a row, at most.</summary>
    public int MostTokens { get; init => field = Require.AtLeast(4, value); } = 128;

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 3;

    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>Of the head.</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 5e-5;

    /// <summary>How much slower each layer learns than the one above it.</summary>
    public double LayerDecay { get; init => field = Require.Between(0.1, 1, value); } = 0.9;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    /// <summary>The share of the training over which the rate climbs.</summary>
    public double Climb { get; init => field = Require.Between(0, 0.9, value); } = 0.1;

    public TokenPooling Pooling { get; init; } = TokenPooling.Mean;

    /// <summary>Of the pooled vector.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.9, value); } = 0.1;

    /// <summary>How many dropouts of one vector are averaged.</summary>
    public int DropoutSamples { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>So many of the top layers start anew: what they learned was the task before.</summary>
    public int FreshLayers { get; init => field = Require.AtLeast(0, value); }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    /// <summary>Whether layers' activations are computed again when gradients come back instead of being kept: longer texts and larger batches fit, for a second forward pass in each step.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Hidden words of all the competition's texts, learned before the answers are; null: the published weights are begun with.</summary>
    public MaskedLanguage? Pretraining { get; init; }

    public ColumnKind Uses => ColumnKind.Text;

    public bool StopsEarly => false;

    public string? Lacks => File.Exists(Path.Combine(Folder, "config.json"))
        ? null : $"{Name} needs a published encoder in {Folder}: config.json, model.safetensors and the tokenizer's files, as at huggingface.co.";

    string IFollowsFromFiles.Content => Lacks is null ? EncoderCheckpoint.HashOf(Folder) : "";

    // Its folder is the user's, and Lacks says where it is not there.
    void IFollowsFromFiles.Fetch(IProgress<FetchProgress> progress, CancellationToken cancel) { }

    ILearner? ILearner.Quick => null;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var device = TorchDevice.Of(context);
        var tokenizer = EncoderTokenizer.Read(Folder);
        var config = EncoderConfig.Read(Path.Combine(Folder, "config.json"));
        var objective = Objective.For(train.Answers);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var compute = new MatrixPrecision(Precision);
        var body = EncoderCheckpoint.Build(config, random, compute);
        EncoderCheckpoint.Into(body, Pretraining is null ? EncoderCheckpoint.WeightsIn(Folder) : Adapted(Pretraining, train, context), FreshLayers);
        if (GradientCheckpointing) body.Recomputation = new(random);
        var network = new EncoderHead(body, objective.Outputs, Pooling, Dropout, DropoutSamples, random);
        network.to(device);
        using var reader = Reader(train, tokenizer, objective);
        using var rows = new PrefetchedRows(reader, device);
        var record = new NetworkTraining
        {
            Recipe = Recipe(config),
            Network = network,
            Train = rows,
            Loss = objective.LossOf,
            Random = random,
            Identity = JsonSerializer.Serialize(new { this.Folder, MostTokens, Epochs, BatchSize, LearningRate, LayerDecay, Pooling, Dropout, FreshLayers, Precision, GradientCheckpointing, Pretraining, train.Rows, context.Seed }),
            Context = context,
        }.Run();
        compute.Precision = TrainingPrecision.Float32;
        return new EncoderModel(network.OwningItsWeights(), this, objective, tokenizer, record, device, context.Threads);
    }

    /// <summary>Every fold's training begins with the same weights: texts are no answers, so those of the other folds and of the test rows count, too.</summary>
    string Adapted(MaskedLanguage pretraining, Dataset train, FitContext context)
    {
        string Adapt() => pretraining.Adapt(Folder, TextsOf(train.Source).Concat(context.Unlabelled is { } test ? TextsOf(test) : []),
            Path.Combine(Path.GetDirectoryName(OlderLibstdcxx.UserCache())!, "encoders"), context with { Seed = 0 });
        return context.Share is { } share ? share.GetOrAdd((nameof(MaskedLanguage), train.Source, Folder, pretraining), Adapt) : Adapt();
    }

    static IEnumerable<string?> TextsOf(Dataset rows) => rows.Columns.OfType<TextColumn>().SelectMany(column => ((TextColumn)rows[column.Name]).Texts.ToArray());

    public IModel Load(string folder, FitContext context) => EncoderModel.Load(folder, this, context);

    TrainingRecipe Recipe(EncoderConfig config) => new()
    {
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay, Beta2 = 0.999, Epsilon = 1e-8 },
        Epochs = Epochs,
        BatchSize = BatchSize,
        Schedule = new WarmUp { Climb = Climb },
        Groups = network => new LayerGroups(network).Divide(ParameterGroup.Of(network), PartRates.Geometric(Math.Pow(LayerDecay, config.NumHiddenLayers + 1))),
        Clip = 1,
        Precision = Precision,
    };

    internal TokenRows Reader(Dataset rows, EncoderTokenizer tokenizer, Objective objective)
    {
        var target = rows.Target is { } answers ? objective.Targets(answers, CPU) : zeros(rows.Rows, 1);
        var weights = rows.Weights is { } counted ? tensor(counted.ToArray()) : null;
        return new(Encoded(rows, tokenizer), tokenizer.Pad, target.DetachFromDisposeScope(), weights?.DetachFromDisposeScope());
    }

    EncodedText[] Encoded(Dataset rows, EncoderTokenizer tokenizer)
    {
        var columns = rows.Columns.OfType<TextColumn>().Select(c => c.Name).Order(StringComparer.Ordinal).Select(name => ((TextColumn)rows[name]).Texts).ToArray();
        if (columns.Length == 0) throw new InputException($"{Name} reads texts, and there is no text column; state a column's kind, or take {Name} out of the declaration.");
        return [.. Enumerable.Range(0, rows.Rows).AsParallel().AsOrdered().Select(row => tokenizer.Encode(
            columns[0].Span[row], columns.Length == 1 ? null : string.Join("; ", columns.Skip(1).Select(c => c.Span[row])), MostTokens))];
    }
}
