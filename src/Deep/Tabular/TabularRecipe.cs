using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>What a network is built of besides its inputs and outputs; written beside the weights.</summary>
public sealed record NetworkSettings
{
    public Widths Hidden { get; init; } = [];

    public double Dropout { get; init; }

    public double EmbeddingDropout { get; init; }
}

/// <summary>Makes a network; with the same arguments the same, weights apart.</summary>
public delegate Network BuildNetwork(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, Compute compute);

/// <summary>All that distinguishes one learner of tables from another.</summary>
sealed record TabularRecipe
{
    public required string Kind { get; init; }

    public required Func<Dataset, int, (TableEncoding Encoding, Dataset Encoded)> Encode { get; init; }

    public required NetworkSettings Settings { get; init; }

    public required BuildNetwork Build { get; init; }

    public required IUpdate Update { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public ISchedule Schedule { get; init; } = new Constant();

    public Loss? Loss { get; init; }

    public double? Clip { get; init; }

    /// <summary>Epochs without a better one before a training with validation rows ends; null: it runs to its end and keeps the best.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether predictions of numbers stay within those of the training rows.</summary>
    public bool Clamp { get; init; }

    public Precision Precision { get; init; }
}
