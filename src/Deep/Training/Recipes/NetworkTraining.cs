using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Sources;

namespace Kaggle.Deep.Training.Recipes;

/// <summary>Trains a network by a recipe: its stages one after the other, each a <see cref="Loop"/> with an optimizer of its own.</summary>
/// <remarks>Where <see cref="FitContext.Scratch"/> is given, a killed training goes on in the middle of a stage.</remarks>
public sealed class NetworkTraining
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

    /// <returns>The epochs of the last stage that were kept, and the curves of all.</returns>
    public FitRecord Run()
    {
        var epochs = Context.Iterations ?? Recipe.Epochs;
        var stages = Recipe.FineTune?.Over(epochs) ?? [new() { Epochs = epochs, Schedule = Recipe.Schedule }];
        var file = Context.Scratch is { } scratch ? Path.Combine(scratch, "training.safetensors") : null;
        using var recorder = new Recorder(Context.Progress, stages.Sum(s => s.Epochs));
        var kept = 0;
        for (var i = file is null ? 0 : Checkpointing.StageIn(file, Identity); i < stages.Count; i++)
            kept = Run(stages[i], recorder, file is null ? null : new(file, Identity, CheckpointEvery, i, stages.Count), isLast: i == stages.Count - 1);
        return new() { Iterations = kept, Curves = recorder.Curves };
    }

    /// <returns>The best epoch, or the last.</returns>
    int Run(TrainingStage stage, Recorder recorder, Checkpointing? checkpoint, bool isLast)
    {
        var parts = new LayerGroups(Network);
        parts.FreezeTo(stage.From);
        using var scale = Recipe.Precision == TrainingPrecision.Float16 ? LossScale.Dynamic(Train.Device) : Recipe.SkipsNonFinite ? LossScale.SkippingOnly(Train.Device) : null;
        using var optimizer = new Optimizer(Recipe.Update, parts.Divide(Recipe.Groups(Network), stage.Rates, stage.Rate)) { Clip = Recipe.Clip, Scale = scale };
        using var best = new KeepBest(Recipe.Patience, Recipe.PrefersLater);
        using var average = Recipe.AverageDecay is { } decay ? WeightAverage.Exponential(decay) : null;
        ICallback?[] callbacks = [new StopOnNonFinite(), new DropoutSchedule(Recipe.DropoutFactor), recorder, Recipe.ReducesOnPlateau ? new ReduceOnPlateau() : null, isLast ? best : null, isLast ? average : null, checkpoint];
        var loop = new Loop
        {
            Network = Network, Train = Train, Loss = Loss, Optimizer = optimizer, Random = Random, Validation = Validation,
            Rate = Recipe.Update.Rate * stage.Rate,
            Epochs = stage.Epochs,
            BatchSize = Recipe.BatchSize,
            AtOnce = Recipe.AtOnce,
            EpochShare = Recipe.EpochShare,
            Schedule = stage.Schedule,
            Transforms = Recipe.Transforms,
            Callbacks = [.. callbacks.OfType<ICallback>()],
            Cancel = Context.Cancel,
        };
        checkpoint?.Resume(loop);
        loop.Run();
        return best.BestEpoch > 0 ? best.BestEpoch : loop.Epoch;
    }
}
