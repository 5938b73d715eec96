using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>ULMFiT: a language model of all texts first, then its reader learns the answers, from the head down, layer after layer.</summary>
/// <remarks>
/// J. Howard, S. Ruder, arXiv 1801.06146; stages and rates of fastai's course: the head at ten times <see cref="LearningRate"/>, two parts at five times, three at
/// two and a half times, each for an epoch, then all, each part 2.6 times as fast as the one below it.
/// </remarks>
public sealed record Ulmfit : ILearner
{
    const double Slower = 2.6;

    public string Name { get; init; } = "Ulmfit";

    /// <summary>What reads the texts before any answer is looked at.</summary>
    public LanguageModel Language { get; init; } = new();

    /// <summary>Words of a row, at most.</summary>
    public int MostWords { get; init => field = Require.AtLeast(4, value); } = 400;

    /// <summary>With all parts learning; three epochs of fewer parts stand before them.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 2;

    public int BatchSize { get; init => field = Require.AtLeast(2, value); } = 64;

    /// <summary>Of the head, while all parts learn.</summary>
    public double LearningRate { get; init => field = Require.Positive(value); } = 2e-3;

    /// <summary>Factor of all dropouts.</summary>
    public double DropFactor { get; init => field = Require.Between(0, 2, value); } = 0.5;

    public ColumnKind Uses => ColumnKind.Text;

    public bool StopsEarly => false;

    ILearner? ILearner.Quick => null;

    public bool Learns(TaskKind task) => true;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var language = LearnLanguage(train, context);
        var words = LanguageTokens.Read(LanguageModel.WordsOf(language));
        var device = TorchDevice.Of(context);
        var objective = Objective.For(train.Answers);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var network = Build(words, objective.Outputs, random, out var body);
        using (var stored = CheckpointFile.Read(language)) stored.CopyInto(body);
        network.to(device);
        using var reader = Reader(train, words, objective);
        using var rows = new PrefetchedRows(reader, device);
        TrainingStage Stage(int epochs, int parts, double rate) => new() { Epochs = epochs, From = ^Math.Min(parts, network.Parts.Count), Rate = rate, Rates = PartRates.Geometric(Math.Pow(Slower, 1 - network.Parts.Count)) };
        var record = new NetworkTraining
        {
            Recipe = new()
            {
                Update = new AdamW { Rate = LearningRate, Decay = 0.01 }, Epochs = Epochs, BatchSize = BatchSize, Clip = 1, Schedule = new OneCycle(),
                Stages = [Stage(1, 1, 10), Stage(1, 2, 5), Stage(1, 3, 2.5), Stage(context.Iterations ?? Epochs, network.Parts.Count, 1)],
            },
            Network = network, Train = rows, Loss = objective.LossOf, Random = random,
            Identity = $"{this} {train.Rows} {context.Seed}", Context = context,
        }.Run();
        return new Model(this, network.OwningItsWeights(), words, objective, record, device, context.Threads);
    }

    public IModel Load(string folder, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var (objective, record) = SavedNetwork.State<NetworkState>(folder);
        var words = LanguageTokens.Read(Path.Combine(folder, Model.WordsFile));
        var network = SavedNetwork.Load(folder, device, random => Build(words, objective.Outputs, random, out _));
        return new Model(this, network, words, objective, record, device, context.Threads);
    }

    /// <summary>Texts are no answers: those of the other folds and of the test rows are read, too, once for all folds.</summary>
    string LearnLanguage(Dataset train, FitContext context)
    {
        string Learn()
        {
            var texts = Tokens(train.Source).Concat(context.Unlabelled is { } test ? Tokens(test) : []).ToArray();
            return Language.Learn(texts, Path.Combine(Path.GetDirectoryName(OlderLibstdcxx.UserCache())!, "languages"), context with { Seed = 0 });
        }
        return context.Share is { } share ? share.GetOrAdd((nameof(Ulmfit), train.Source, Language, MostWords), Learn) : Learn();
    }

    LanguageReader Build(LanguageTokens words, int outputs, Randomness random, out AwdLstm body)
    {
        var dropouts = AwdDropouts.OfClassifier.Times(DropFactor);
        body = new(words.Words.Count, Language.Sizes, dropouts, random);
        return new(body, dropouts, outputs, random);
    }

    TokenRows Reader(Dataset rows, LanguageTokens words, Objective objective)
    {
        var target = rows.Target is { } answers ? objective.Targets(answers, CPU) : zeros(rows.Rows, 1);
        var weights = rows.Weights is { } counted ? tensor(counted.ToArray()) : null;
        EncodedText[] encoded = [.. Tokens(rows).Select(words.Numbers).Select(ids => new EncodedText(ids, new int[ids.Length], []))];
        return new(encoded, LanguageTokens.Pad, target.DetachFromDisposeScope(), weights?.DetachFromDisposeScope());
    }

    IEnumerable<List<string>> Tokens(Dataset rows)
    {
        var columns = rows.Columns.OfType<TextColumn>().Select(c => c.Name).Order(StringComparer.Ordinal).Select(name => ((TextColumn)rows[name]).Texts).ToArray();
        if (columns.Length == 0) throw new InputException($"{Name} reads texts, and there is no text column; state a column's kind, or take {Name} out of the declaration.");
        // Of an endless text no more is taken apart than can be read.
        string? Cut(string? text) => text is { Length: var length } && length > MostWords * 64 ? text[..(MostWords * 64)] : text;
        return Enumerable.Range(0, rows.Rows).AsParallel().AsOrdered().Select(row =>
        {
            var tokens = LanguageTokens.Split([.. columns.Select(c => Cut(c.Span[row]))]);
            if (tokens.Count > MostWords) tokens.RemoveRange(MostWords, tokens.Count - MostWords);
            return tokens;
        });
    }

    sealed class Model(Ulmfit learner, LanguageReader network, LanguageTokens words, Objective objective, FitRecord record, Device device, int threads) : IModel
    {
        public const string WordsFile = "words.txt";

        public FitRecord Record => record;

        public Predictions Predict(Dataset rows)
        {
            TorchDevice.UseThreads(threads);
            using var scope = NewDisposeScope();
            using var reader = learner.Reader(rows.WithTarget(null), words, objective);
            return reader.InOrderOfLength(ordered => NetworkPredictions.Of(network, objective, new PrefetchedRows(ordered, device)));
        }

        public void Save(string folder)
        {
            SavedNetwork.Save(folder, new NetworkState(objective, record), network);
            words.Write(Path.Combine(folder, WordsFile));
        }

        public void Dispose() => network.Dispose();
    }
}
