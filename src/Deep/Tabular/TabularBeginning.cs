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

/// <summary>Rows on the device and a network that has learned nothing yet. The network is the caller's to dispose, or to keep.</summary>
sealed class TabularBeginning : IDisposable
{
    readonly TabularRecipe recipe;
    readonly FitContext context;
    readonly Randomness random;
    readonly ResidentRows rows;
    readonly string identity;

    /// <exception cref="InputException">There are no rows, the target cannot be learned, or libtorch is missing.</exception>
    public TabularBeginning(TabularRecipe recipe, Dataset train, FitContext context)
    {
        if (train.Rows == 0) throw new InputException("There are no rows to learn from.");
        (this.recipe, this.context) = (recipe, context);
        Device = TorchDevice.Of(context.Device, Math.Min(context.Threads, recipe.MostThreads));
        (Encoding, var encoded) = recipe.Encode(train, context.Seed);
        Objective = Objective.For(train.Answers, recipe.Loss, recipe.Clamp);
        random = new Randomness(context.Seed, Device);
        Compute = new MatrixPrecision(recipe.Precision);
        Network = recipe.Build(recipe.Settings, Encoding, Objective.Outputs, random, Compute);
        Network.to(Device);
        rows = Rows(train, Prepare(train, Encoding.Tensors(encoded, Device)));
        identity = Identity(recipe, train, context);
    }

    public Device Device { get; }

    public TableEncoding Encoding { get; }

    public Objective Objective { get; }

    public MatrixPrecision Compute { get; }

    public Network Network { get; }

    /// <param name="of">Where answers and weights come from.</param>
    /// <param name="inputs">The same rows, encoded; the result owns them.</param>
    public ResidentRows Rows(Dataset of, Tensor[] inputs) =>
        new(inputs, Objective.Targets(of.Answers, Device), of.Weights is { } weights ? tensor(weights.ToArray(), device: Device).DetachFromDisposeScope() : null);

    public NetworkTraining Training(EpochScoring? validation) => new()
    {
        Recipe = recipe, Network = Network, Train = rows, Loss = Objective.LossOf, Validation = validation, Random = random, Identity = identity, Context = context,
    };

    /// <returns>Another network of the kind, with these weights.</returns>
    public Network Copy(IReadOnlyDictionary<string, Tensor> state)
    {
        using var untracked = no_grad();
        var network = recipe.Build(recipe.Settings, Encoding, Objective.Outputs, random, Compute);
        network.to(Device);
        foreach (var (name, value) in network.state_dict()) value.copy_(state[name]);
        return network;
    }

    public void Dispose()
    {
        rows.Dispose();
        random.Dispose();
    }

    /// <returns>All that the network is given of the training rows.</returns>
    Tensor[] Prepare(Dataset train, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Network.Prepare(inputs, random);
        if (Network is not IRemembersRows memory) return inputs;
        using var target = Objective.Targets(train.Answers, Device);
        return [.. inputs, .. memory.Remember(inputs, target, random)];
    }

    // The folder is the unit's own; this guards against settings that changed under a kept folder.
    static string Identity(TabularRecipe recipe, Dataset train, FitContext context) => JsonSerializer.Serialize(new
    {
        recipe.Kind, recipe.Settings, recipe.Update, recipe.Schedule, recipe.Epochs, recipe.BatchSize, recipe.Precision, recipe.Loss, recipe.Averaging, recipe.Snapshots, recipe.EpochShare,
        train.Rows, context.Seed, context.Iterations,
    });
}
