using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Sources;
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
            using var held = validation is { Rows: > 0 } && context.Iterations is null ? new ResidentRows(encoding.Encode(validation, device), objective.Targets(validation.Answers, device), Weights(validation, device)) : null;
            var record = new NetworkTraining
            {
                Recipe = recipe,
                Network = network,
                Train = rows,
                Loss = objective.LossOf,
                Validation = held is null ? null : new EpochJudge(objective, held, validation!.Answers, validation.Weights ?? default, context.Metric, recipe.JudgedByError).Validation,
                Random = random,
                Identity = Identity(recipe, train, context),
                Context = context,
            }.Run();
            compute.Precision = TrainingPrecision.Float32;
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
