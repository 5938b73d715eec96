using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Training.Transforms;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using Tensor = TorchSharp.torch.Tensor;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A network over one image column: from scratch, or from published weights and then fine-tuned.</summary>
public sealed record PictureNet : IFindsRate, IShowsRows, IResizes
{
    const int QuickSteps = 60;

    public string Name { get; init; } = "picture net";

    /// <summary>Trained from scratch, unless <see cref="From"/> is given.</summary>
    public PictureArchitecture Architecture { get; init; } = new ResNet9();

    /// <summary>Published weights to start from, which bring their architecture and normalisation; null: none.</summary>
    public Pretrained? From { get; init; }

    /// <summary>What is put on the body; null: the architecture's own classifier from scratch; on published weights a <see cref="ConcatPoolHead"/>, or a <see cref="PlainHead"/> where there are no maps to pool.</summary>
    public PictureHead? Head { get; init; }

    /// <summary>Height and width in pixels.</summary>
    public int Size { get; init => field = Require.AtLeast(8, value); } = 32;

    /// <summary>Height and width at which pictures are decoded, of which augmentation cuts and moves <see cref="Size"/> in one sampling; predicted is the whole. Beyond some twice of it pixels are passed over. Null: <see cref="Size"/>.</summary>
    /// <remarks>fastai's presizing: edges that a turn would leave empty lie in the picture, and nothing is interpolated twice. Goes with <see cref="PictureAugmentation.Presized"/>.</remarks>
    public int? Presize { get; init => field = value is { } v ? Require.AtLeast(8, v) : null; }

    /// <summary>3: colours; 1: greys.</summary>
    public int Channels { get; init; } = 3;

    public Framing Framing { get; init; }

    /// <summary>Trainings on other sizes before the one on <see cref="Size"/>, small ones first as a rule: progressive resizing.</summary>
    public ImmutableArray<SizeStage> Before { get; init; } = [];

    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>Few pictures are seen more often, until there are so many steps.</summary>
    public int LeastSteps { get; init => field = Require.AtLeast(0, value); } = 150;

    public int BatchSize { get; init => field = Require.AtLeast(2, value); } = 128;

    public double LearningRate { get; init => field = Require.Positive(value); } = 4e-3;

    public double WeightDecay { get; init => field = Require.AtLeast(0, value); } = 0.01;

    public ISchedule Schedule { get; init; } = new OneCycle();

    /// <summary>First the head, then all; null: all of it throughout. Only of use with <see cref="From"/>.</summary>
    public FineTune? FineTune { get; init; }

    /// <summary>What is drawn anew each time a picture is learned from; null: nothing.</summary>
    public PictureAugmentation? Augmentation { get; init; }

    /// <summary>So many draws of the augmentation are made of each picture, once for all folds, and only the network's last stage and the head learn from them; the layers before stay as published. 0: all of the network learns, from draws made anew.</summary>
    /// <remarks>Partial fine-tuning: an epoch takes a tenth of the time, and what all of the network would gain on pictures unlike those it was published for is not had.</remarks>
    public int KeptDraws { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Blends of pictures, after the augmentation: <see cref="MixUp"/>, <see cref="CutMix"/>.</summary>
    public IBatchTransform? Blend { get; init; }

    /// <summary>What of a picture is predicted and averaged; null: the picture alone. Its draws are the <see cref="Augmentation"/>'s.</summary>
    public TestViews? Views { get; init; }

    /// <summary>Null: what fits the target.</summary>
    public TrainingLoss? Loss { get; init; }

    /// <summary>A mean of weights to judge and keep; null: the last ones.</summary>
    public WeightAveraging? Averaging { get; init; }

    public TrainingPrecision Precision { get; init; } = TrainingPrecision.BFloat16;

    /// <summary>Epochs when only minutes are given; 0: it is left out then.</summary>
    public int QuickEpochs { get; init => field = Require.AtLeast(0, value); } = 2;

    public ColumnKind Uses => ColumnKind.Image;

    public bool Learns(TaskKind task) => true;

    /// <summary>One cycle ends at its best; rows held back would only be lost, but where epochs are chosen by them.</summary>
    public bool StopsEarly => Averaging is BestEpochs;

    public string? Lacks => From is { } published ? PublishedFiles.Lacking(published) : null;

    public ILearner? Quick => QuickEpochs == 0 ? null : this with
    {
        Epochs = Math.Min(Epochs, QuickEpochs),
        LeastSteps = Math.Min(LeastSteps, QuickSteps),
        Before = [.. Before.Select(stage => stage with { Epochs = Math.Min(stage.Epochs, QuickEpochs) })],
    };

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) => PictureTraining.Fit(this, train, validation, context);

    public RateCurve FindRate(Dataset train, FitContext context) => PictureTraining.FindRate(this, train, context);

    public byte[] Show(Dataset train, FitContext context) => ContactSheet.Of(this, train, context);

    public IModel Load(string folder, FitContext context) => PictureModel.Load(this, folder, context);

    public ILearner AtSize(int pixels) => this with
    {
        Size = pixels,
        Presize = Presize is { } side ? Scaled(side, pixels) : null,
        Before = [.. Before.Select(stage => stage with { Size = Scaled(stage.Size, pixels) })],
    };

    int Scaled(int side, int pixels) => (int)Math.Max(8, Math.Round(side * (double)pixels / Size));

    internal ImageForm Form => new() { Side = Presize ?? Size, Channels = Channels, Framing = Framing };

    internal Normalisation Normalisation => (From?.Normalisation ?? Normalisation.PlusMinusOne).For(Channels);

    /// <returns>The same for a stretch of its training on other sizes: as many epochs as were asked for, however few pictures there are, and pictures decoded as much larger.</returns>
    internal PictureNet At(SizeStage stage) => this with
    {
        Size = stage.Size, Epochs = stage.Epochs, LeastSteps = 0, Presize = Presize is { } side ? Scaled(side, stage.Size) : null,
    };

    /// <summary>What is drawn anew, as far as it can be looked at: before numbers become those that the network expects.</summary>
    internal ImmutableArray<IBatchTransform> Drawn =>
        Augmentation is null && Presize is null ? [] : (Augmentation ?? PictureAugmentation.None).Transforms(Normalisation, Presize is null ? null : Size);

    /// <returns>Pictures, as they were decoded, as the network expects them.</returns>
    internal Tensor Seen(Tensor pictures) => Normalisation.Apply(Resampling.Whole(pictures, Size));

    /// <exception cref="InputException">Settings that do not go together.</exception>
    internal void Check()
    {
        if (KeptDraws > 0 && From is null) throw new InputException($"{Name}: KeptDraws is {KeptDraws}, and there are no published weights that could stay as they are. Give From, or leave KeptDraws out.");
        if (KeptDraws > 0 && !From!.Architecture.HasLastStage) throw new InputException($"{Name}: KeptDraws is {KeptDraws}, and where the last stage of a {From.Architecture.GetType().Name} begins is not known. Leave KeptDraws out: all of it learns then.");
        if (Presize < Size) throw new InputException($"{Name}: Presize is {Presize}, less than Size, {Size}: pictures are decoded larger than they are learned from, or leave Presize out.");
        if (Views is { Draws: > 0 } && Augmentation is null) throw new InputException($"{Name}: Views.Draws is {Views.Draws}, and there is no Augmentation to draw by. Give one, or leave Draws out.");
    }

    internal TrainingRecipe Recipe(int rows) => new()
    {
        Update = new AdamW { Rate = LearningRate, Decay = WeightDecay },
        Epochs = Math.Max(Epochs, LeastSteps / EvenBatches.Count(rows, BatchSize)),
        BatchSize = BatchSize,
        Schedule = Schedule,
        FineTune = FineTune,
        Transforms = [.. KeptDraws > 0 ? [] : Drawn.Add(new NormalisedPictures(Normalisation)), .. Blend is { } blend ? new[] { blend } : []],
        Averaging = Averaging,
        Precision = Precision,
    };

    /// <returns>The network as a training begins with it, or, without weights, as a saved one is loaded into.</returns>
    internal Network Build(int outputs, Randomness random, MatrixPrecision compute, bool withWeights)
    {
        if (From is { } published)
        {
            var body = withWeights ? published.LoadBody(PublishedFiles.Find(published), Channels, random, compute) : published.Architecture.Build(Channels, 0, random, compute);
            return new PictureClassifier(body, Head, outputs, random, compute);
        }
        return Head is { } head ? new PictureClassifier(Architecture.Build(Channels, 0, random, compute), head, outputs, random, compute)
            : Architecture.Build(Channels, outputs, random, compute);
    }
}
