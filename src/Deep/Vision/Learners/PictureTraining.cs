using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Sources;
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
        learner.Check();
        var device = TorchDevice.Of(context);
        var objective = Objective.For(train.Answers, learner.Loss);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        var network = learner.Build(objective.Outputs, random, compute, withWeights: true);
        try
        {
            network.to(device);
            var learns = Learning(learner, network);
            List<Curve> curves = [];
            var kept = 0;
            foreach (var stage in Stages(learner, context))
            {
                var sized = stage.Learner;
                compute.Precision = TrainingPrecision.Float32;
                using var rows = Source(sized, network, objective, train, device, context, draws: true);
                using var held = validation is { Rows: > 0 } && context.Iterations is null ? Source(sized, network, objective, validation, device, context, draws: false) : null;
                compute.Precision = learner.Precision;
                var judge = held is null ? null : new EpochJudge(objective, held, validation!.Answers, validation.Weights ?? default, context.Metric).Validation;
                var record = Training(sized, learns, objective, rows, judge, random, stage.Context).Run();
                (kept, curves) = (record.Iterations ?? 0, Joined(curves, record.Curves));
            }
            compute.Precision = TrainingPrecision.Float32;
            return new(learner, network.OwningItsWeights(), new(objective, new() { Iterations = kept, Curves = curves }), device, context);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="IFindsRate.FindRate"/>
    public static RateCurve FindRate(PictureNet learner, Dataset train, FitContext context)
    {
        learner.Check();
        var device = TorchDevice.Of(context);
        var objective = Objective.For(train.Answers, learner.Loss);
        using var scope = NewDisposeScope();
        using var random = new Randomness(context.Seed, device);
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        using var network = learner.Build(objective.Outputs, random, compute, withWeights: true);
        network.to(device);
        using var rows = Source(learner, network, objective, train, device, context, draws: true);
        compute.Precision = learner.Precision;
        return Training(learner, Learning(learner, network), objective, rows, null, random, context).FindRate();
    }

    /// <param name="Context">The last stage's is the training's own; those before have their own epochs, and leave no records.</param>
    readonly record struct Stage(PictureNet Learner, FitContext Context);

    static IEnumerable<Stage> Stages(PictureNet learner, FitContext context)
    {
        foreach (var (number, before) in learner.Before.Index())
            yield return new(learner.At(before) with { Averaging = null }, context with
            {
                Scratch = context.Scratch is { } scratch ? Directory.CreateDirectory(Path.Combine(scratch, $"stage-{number + 1}")).FullName : null, Iterations = null, Journal = null,
            });
        yield return new(learner, context);
    }

    static NetworkTraining Training(PictureNet learner, Network network, Objective objective, IRowSource rows, EpochScoring? judge, Randomness random, FitContext context) => new()
    {
        Recipe = learner.Recipe(rows.Rows),
        Network = network,
        Train = rows,
        Loss = objective.LossOf,
        Validation = judge,
        Random = random,
        Identity = string.Create(CultureInfo.InvariantCulture, $"{UnitKey.Settings(learner).ToJsonString()} {rows.Rows} {context.Seed} {context.Iterations}"),
        Context = context,
    };

    static List<Curve> Joined(List<Curve> before, IReadOnlyList<Curve> after) =>
        [.. after.Select(curve => curve with { Values = [.. before.FirstOrDefault(b => b.Name == curve.Name)?.Values ?? [], .. curve.Values] })];

    /// <returns>What of the network learns: all of it, or the last stage and the head.</returns>
    static Network Learning(PictureNet learner, Network network) => learner.KeptDraws > 0 ? new LastStageNetwork((PictureClassifier)network) : network;

    /// <param name="draws">Whether they are learned from; else they are seen as they are predicted.</param>
    static IRowSource Source(PictureNet learner, Network network, Objective objective, Dataset rows, Device device, FitContext context, bool draws)
    {
        var targets = objective.Targets(rows.Answers, device).DetachFromDisposeScope();
        var weights = rows.Weights is { } w ? tensor(w.ToArray(), device: device).DetachFromDisposeScope() : null;
        if (learner.KeptDraws == 0)
            return new PictureSource(PictureBytes.Of(rows, learner.Form, targets, weights, device, context.Threads, context.Cancel), learner.Normalisation, learner.Size);
        network.eval();
        var stage = new StageMaps(learner, ((PictureClassifier)network).Body, device, context);
        return new MapRows(draws ? stage.Learned(rows) : stage.Predicted(rows), targets, weights);
    }
}
