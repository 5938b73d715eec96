using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training;
using static TorchSharp.torch;

namespace Kaggle.Deep.Tabular;

/// <summary>From a recipe and rows to a model.</summary>
static class TabularTraining
{
    /// <exception cref="InputException">There are no rows, the target cannot be learned, or libtorch is missing.</exception>
    public static TabularModel Fit(TabularRecipe recipe, Dataset train, Dataset? validation, FitContext context)
    {
        using var scope = NewDisposeScope();
        using var begun = new TabularBeginning(recipe, train, context);
        try
        {
            using var held = validation is { Rows: > 0 } && context.Iterations is null ? begun.Rows(validation, begun.Encoding.Encode(validation, begun.Device)) : null;
            var judge = held is null ? null : new EpochJudge(begun.Objective, held, validation!.Answers, validation.Weights ?? default, context.Metric, recipe.JudgedByError);
            using var training = begun.Training(judge?.Validation);
            var record = training.Run();
            begun.Compute.Precision = TrainingPrecision.Float32;
            Network[] networks = [.. training.Earlier.Select(begun.Copy), begun.Network];
            var state = new TabularState
            {
                Kind = recipe.Kind, Settings = recipe.Settings, Encoding = begun.Encoding, Objective = begun.Objective, Record = record, Views = recipe.Views, Networks = networks.Length,
            };
            return new TabularModel([.. networks.Select(network => network.OwningItsWeights())], state, begun.Device, context.Threads);
        }
        catch
        {
            begun.Network.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="IFindsRate.FindRate"/>
    public static RateCurve FindRate(TabularRecipe recipe, Dataset train, FitContext context)
    {
        using var scope = NewDisposeScope();
        using var begun = new TabularBeginning(recipe, train, context);
        using var network = begun.Network;
        return begun.Training(null).FindRate();
    }
}
