using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Callbacks;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Tabular;

/// <summary>From a recipe and rows to a model.</summary>
static class TabularTraining
{
    /// <exception cref="InputException">There are no rows, the target cannot be learned, or libtorch is missing.</exception>
    public static TabularModel Fit(TabularRecipe recipe, Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var device = TorchDevice.Of(context);
        var (encoding, encoded) = recipe.Encode(train, context.Seed);
        var objective = Objective.For(train.Answers, recipe.Loss, recipe.Clamp);

        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var compute = new MatrixPrecision(recipe.Precision);
        var network = recipe.Build(recipe.Settings, encoding, objective.Outputs, random, compute);
        try
        {
            network.to(device);
            using var rows = new ResidentRows(encoding.Tensors(encoded, device), objective.Targets(train.Answers, device), Weights(train, device));
            Prepare(network, rows, random);
            using var judge = validation is { Rows: > 0 } && context.Iterations is null ? new EpochJudge(encoding, objective, validation, context.Metric, recipe.JudgedByError, device) : null;
            using var optimizer = new Optimizer(recipe.Update, recipe.Groups(network)) { Clip = recipe.Clip };
            using var recorder = new Recorder(context.Progress);
            using var best = new KeepBest(recipe.Patience, recipe.PrefersLater);
            var checkpoint = context.Scratch is { } scratch ? new Checkpointing(Path.Combine(scratch, "training.safetensors"), Identity(recipe, train, context), TimeSpan.FromSeconds(20), best, recorder) : null;
            var loop = new Loop
            {
                Network = network,
                Train = rows,
                Objective = objective,
                Optimizer = optimizer,
                Rate = recipe.Update.Rate,
                Epochs = context.Iterations ?? recipe.Epochs,
                BatchSize = recipe.BatchSize,
                Random = random,
                Schedule = recipe.Schedule,
                Validation = judge?.Validation,
                Callbacks = [new StopOnNonFinite(), new DropoutSchedule(recipe.DropoutFactor), recorder, best, .. checkpoint is null ? Array.Empty<ICallback>() : [checkpoint]],
                Cancel = context.Cancel,
            };
            checkpoint?.Resume(loop);
            loop.Run();
            compute.Precision = TrainingPrecision.Float32;
            var record = new FitRecord { Iterations = best.BestEpoch > 0 ? best.BestEpoch : loop.Epoch, Curves = recorder.Curves };
            var state = new TabularState { Kind = recipe.Kind, Settings = recipe.Settings, Encoding = encoding, Objective = objective, Record = record };
            return new TabularModel(Owned(network), state, device, context.Threads);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Takes the weights out of the scope that made them: the network owns them from here.</summary>
    public static Network Owned(Network network)
    {
        foreach (var tensor in network.parameters().Concat(network.buffers())) tensor.DetachFromDisposeScope();
        network.eval();
        return network;
    }

    // The folder is the unit's own; this guards against settings that changed under a kept folder.
    static string Identity(TabularRecipe recipe, Dataset train, FitContext context) => JsonSerializer.Serialize(new
    {
        recipe.Kind, recipe.Settings, recipe.Update, recipe.Schedule, recipe.Epochs, recipe.BatchSize, recipe.Precision, recipe.Loss,
        train.Rows, context.Seed, context.Iterations,
    });

    static void Prepare(Network network, ResidentRows rows, Randomness random)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        network.Prepare(rows.Inputs, random);
    }

    static Tensor? Weights(Dataset train, Device device) =>
        train.Weights is { } weights ? tensor(weights.ToArray(), device: device).DetachFromDisposeScope() : null;
}
