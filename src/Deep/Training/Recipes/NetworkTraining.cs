using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>Trains a network by a recipe: its stages one after the other, each a <see cref="Loop"/> with an optimizer of its own.</summary>
/// <remarks>Where <see cref="FitContext.Scratch"/> is given, a killed training goes on in the middle of a stage.</remarks>
public sealed class NetworkTraining : IDisposable
{
    public required TrainingRecipe Recipe { get; init; }

    public required Network Network { get; init; }

    public required IRowSource Train { get; init; }

    public required BatchLoss Loss { get; init; }

    public EpochScoring? Validation { get; init; }

    public required Randomness Random { get; init; }

    /// <summary>Settings, rows and seed as a text: a training with another does not go on from this one's checkpoint.</summary>
    public required string Identity { get; init; }

    public required FitContext Context { get; init; }

    /// <summary>At most so often: short trainings leave nothing.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(20);

    CycleSnapshots? snapshots;
    IReadOnlyList<Curve> activationCurves = [];

    /// <summary>The states of networks that the training passed through, where the recipe asks for several; the network itself is the last. They stay this object's.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Tensor>> Earlier => snapshots is { Taken.Count: > 1 } s ? [.. s.Taken.SkipLast(1)] : [];

    IReadOnlyList<TrainingStage> Stages
    {
        get
        {
            var epochs = Context.Iterations ?? Recipe.Epochs;
            var schedule = Recipe.Snapshots > 1 ? new CosineRestarts { Cycles = Recipe.Snapshots, Growth = 1 } : Recipe.Schedule;
            return Recipe.Stages ?? Recipe.FineTune?.Over(epochs) ?? [new() { Epochs = epochs, Schedule = schedule }];
        }
    }

    /// <returns>The epochs of the last stage that were kept, and the curves of all.</returns>
    public FitRecord Run()
    {
        if (Train.Device.type == TorchSharp.DeviceType.CUDA) TorchDevice.UseTensorFloat32(Recipe.Precision == TrainingPrecision.TensorFloat32);
        var stages = Stages;
        var file = Context.Scratch is { } scratch ? Path.Combine(scratch, "training.safetensors") : null;
        using var recorder = new Recorder(Context.Progress, stages.Sum(s => s.Epochs));
        var kept = 0;
        for (var i = file is null ? 0 : Checkpointing.StageIn(file, Identity); i < stages.Count; i++)
            kept = Run(stages[i], recorder, file is null ? null : new(file, Identity, CheckpointEvery, i, stages.Count), isLast: i == stages.Count - 1);
        if (Context.Journal is { } journal) TrainingCsv.Write(Path.Combine(journal, "training.csv"), recorder.Records);
        return new() { Iterations = kept, Curves = [.. recorder.Curves, .. activationCurves] };
    }

    /// <summary>Tries learning rates on the last stage, in which all of the network learns; leaves no trace.</summary>
    public RateCurve FindRate()
    {
        var stage = Stages[^1];
        using var optimizer = NewOptimizer(stage, null);
        return RateFinder.Find(NewLoop(stage, optimizer, []));
    }

    /// <returns>The best epoch, or the last.</returns>
    int Run(TrainingStage stage, Recorder recorder, Checkpointing? checkpoint, bool isLast)
    {
        using var scale = Recipe.Precision == TrainingPrecision.Float16 ? LossScale.Dynamic(Train.Device) : Recipe.SkipsNonFinite ? LossScale.SkippingOnly(Train.Device) : null;
        using var optimizer = NewOptimizer(stage, scale);
        using var best = new KeepBest(Recipe.Patience, Recipe.PrefersLater);
        var average = isLast ? Recipe.Averaging?.Over(stage.Epochs) : null;
        using var owned = average as IDisposable;
        snapshots?.Dispose();
        snapshots = isLast && Recipe.Snapshots > 1 ? new(Recipe.Snapshots) : null;
        using var activations = Diagnoses ? new ActivationStats() : null;
        ICallback?[] callbacks =
        [
            new StopOnNonFinite(), new DropoutSchedule(Recipe.DropoutFactor), recorder, Recipe.ReducesOnPlateau ? new ReduceOnPlateau() : null,
            isLast && snapshots is null ? best : null, average, snapshots, activations, Diagnoses ? new TensorBoardEvents(Context.Journal!, recorder, activations) : null, checkpoint,
        ];
        var loop = NewLoop(stage, optimizer, [.. callbacks.OfType<ICallback>()]);
        checkpoint?.Resume(loop);
        loop.Run();
        activations?.Write(Path.Combine(Context.Journal!, "activations.csv"));
        activationCurves = activations?.Curves ?? [];
        return best.BestEpoch > 0 ? best.BestEpoch : loop.Epoch;
    }

    public void Dispose() => snapshots?.Dispose();

    bool Diagnoses => Context is { Diagnose: true, Journal: not null };

    Optimizer NewOptimizer(TrainingStage stage, LossScale? scale)
    {
        var parts = new LayerGroups(Network);
        parts.FreezeTo(stage.From);
        return new(Recipe.Update, parts.Divide(Recipe.Groups(Network), stage.Rates, stage.Rate)) { Clip = Recipe.Clip, Measures = Diagnoses, Scale = scale };
    }

    Loop NewLoop(TrainingStage stage, Optimizer optimizer, IReadOnlyList<ICallback> callbacks) => new()
    {
        Network = Network, Train = Train, Loss = Loss, Optimizer = optimizer, Random = Random, Validation = Validation,
        Rate = Recipe.Update.Rate * stage.Rate,
        Epochs = stage.Epochs,
        BatchSize = Recipe.BatchSize,
        AtOnce = Recipe.AtOnce,
        EpochShare = Recipe.EpochShare,
        Schedule = stage.Schedule,
        Transforms = Recipe.Transforms,
        Callbacks = callbacks,
        Cancel = Context.Cancel,
    };
}
