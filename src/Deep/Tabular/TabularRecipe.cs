using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Optimizers;
using Kaggle.Deep.Training.Schedules;

namespace Kaggle.Deep.Tabular;

/// <summary>What a network is built of besides its inputs and outputs; written beside the weights.</summary>
public sealed record NetworkSettings
{
    public LayerWidths Hidden { get; init; } = [];

    public double Dropout { get; init; }

    public double EmbeddingDropout { get; init; }

    /// <summary>How many networks one holds; 0: it is no ensemble.</summary>
    public int Members { get; init; }

    /// <summary>Of piecewise-linear embeddings.</summary>
    public int Bins { get; init; }

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init; }

    /// <summary>Which of an architecture's variants.</summary>
    public string? Variant { get; init; }
}

/// <summary>Makes a network; with the same arguments the same, weights apart.</summary>
public delegate Network BuildNetwork(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute);

/// <summary>All that distinguishes one learner of tables from another.</summary>
sealed record TabularRecipe
{
    public required string Kind { get; init; }

    public required Func<Dataset, int, (TableEncoding Encoding, Dataset Encoded)> Encode { get; init; }

    public required NetworkSettings Settings { get; init; }

    public required BuildNetwork Build { get; init; }

    /// <summary>What learns, and how fast each part.</summary>
    public Func<Network, IReadOnlyList<ParameterGroup>> Groups { get; init; } = network => ParameterGroup.Of(network);

    public required IUpdate Update { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public ISchedule Schedule { get; init; } = new ConstantSchedule();

    public TrainingLoss? Loss { get; init; }

    public double? Clip { get; init; }

    /// <summary>Epochs without a better one before a training with validation rows ends; null: it runs to its end and keeps the best.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether predictions of numbers stay within those of the training rows.</summary>
    public bool Clamp { get; init; }

    public TrainingPrecision Precision { get; init; }

    /// <summary>Whether epochs are compared by the share of wrong classes where the metric wants labels.</summary>
    public bool JudgedByError { get; init; }

    /// <summary>Whether of equally good epochs the later one is kept.</summary>
    public bool PrefersLater { get; init; }

    /// <summary>Factor of every dropout share at a progress of 0 to 1; null: 1.</summary>
    public Func<double, double>? DropoutFactor { get; init; }
}
