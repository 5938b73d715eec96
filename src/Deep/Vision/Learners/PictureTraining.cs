using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using TorchSharp;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>From a recipe and pictures to a model.</summary>
static class PictureTraining
{
    public static PictureModel Fit(PictureNet learner, Dataset train, Dataset? validation, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        var device = TorchDevice.Of(context);
        var objective = Objective.For(train.Answers, learner.Loss);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var compute = new MatrixPrecision(learner.Precision);
        var network = learner.Build(objective.Outputs, random, compute, withWeights: true);
        try
        {
            network.to(device);
            using var rows = Source(learner, objective, train, device, context);
            using var held = validation is { Rows: > 0 } && context.Iterations is null ? Source(learner, objective, validation, device, context) : null;
            var record = new NetworkTraining
            {
                Recipe = learner.Recipe(train.Rows),
                Network = network,
                Train = rows,
                Loss = objective.LossOf,
                Validation = held is null ? null : new EpochJudge(objective, held, validation!.Answers, validation.Weights ?? default, context.Metric).Validation,
                Random = random,
                Identity = string.Create(CultureInfo.InvariantCulture, $"{UnitKey.Settings(learner).ToJsonString()} {train.Rows} {context.Seed} {context.Iterations}"),
                Context = context,
            }.Run();
            compute.Precision = TrainingPrecision.Float32;
            foreach (var tensor in network.parameters().Concat(network.buffers())) tensor.DetachFromDisposeScope();
            network.eval();
            return new(learner, network, new() { Objective = objective, Record = record }, device, context.Threads);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    static PictureSource Source(PictureNet learner, Objective objective, Dataset rows, Device device, FitContext context)
    {
        var targets = objective.Targets(rows.Answers, device).DetachFromDisposeScope();
        var weights = rows.Weights is { } w ? tensor(w.ToArray(), device: device).DetachFromDisposeScope() : null;
        return new(PictureBytes.Of(rows, learner.Form, targets, weights, device, context.Threads, context.Cancel), learner.Normalisation);
    }
}
