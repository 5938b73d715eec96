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

    /// <summary>Of a transformer.</summary>
    public int Heads { get; init; }

    public double AttentionDropout { get; init; }

    /// <summary>How many networks one holds; 0: it is no ensemble.</summary>
    public int Members { get; init; }

    /// <summary>Of piecewise-linear embeddings.</summary>
    public int Bins { get; init; }

    /// <summary>The length of a number's embedding.</summary>
    public int EmbeddingWidth { get; init; }

    /// <summary>Of periodic embeddings.</summary>
    public int Frequencies { get; init; }

    /// <summary>Of the frequencies at the start.</summary>
    public double Deviation { get; init; }

    /// <summary>How many training rows a network that answers from them keeps.</summary>
    public int Kept { get; init; }

    /// <summary>How many of those it is shown at a step.</summary>
    public int Drawn { get; init; }

    /// <summary>What distances between rows are divided by.</summary>
    public double Temperature { get; init; } = 1;

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

    /// <summary>At most so many threads: in steps of a millisecond more of them wait for each other longer than they work.</summary>
    public int MostThreads { get; init; } = int.MaxValue;
}
