using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Recipes;
using Kaggle.Deep.Training.Objectives;

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
sealed record TabularRecipe : TrainingRecipe
{
    public required string Kind { get; init; }

    public required Func<Dataset, int, (TableEncoding Encoding, Dataset Encoded)> Encode { get; init; }

    public required NetworkSettings Settings { get; init; }

    public required BuildNetwork Build { get; init; }

    public TrainingLoss? Loss { get; init; }

    /// <summary>Whether predictions of numbers stay within those of the training rows.</summary>
    public bool Clamp { get; init; }

    public NoisyViews? Views { get; init; }

    /// <summary>Whether epochs are compared by the share of wrong classes where the metric wants labels.</summary>
    public bool JudgedByError { get; init; }
}
