using System.Collections.Immutable;
using Kaggle.Core.Learning;

namespace Kaggle.Core.Commands;

/// <summary>What the command line asked for; see <see cref="CommandLine"/> for what each means.</summary>
sealed record RunOptions
{
    public string? Data { get; init; }

    public required string Out { get; init; }

    public ImmutableArray<string> Learners { get; init; } = [];

    public int? Fold { get; init; }

    /// <summary>A number, or a scheme with its column.</summary>
    public string? Folds { get; init; }

    public int Seed { get; init; } = 42;

    public int Seeds { get; init; } = 1;

    public bool Quick { get; init; }

    /// <summary>Of the training rows; null: all.</summary>
    public double? Subset { get; init; }

    /// <summary>Height and width of pictures; null: each learner's own.</summary>
    public int? Size { get; init; }

    public bool Retrain { get; init; }

    public Device Device { get; init; }

    public bool Diagnose { get; init; }

    public int? Jobs { get; init; }

    public TimeSpan? Budget { get; init; }

    public bool Quiet { get; init; }

    /// <summary>The arguments as they were typed, for the command in run.json.</summary>
    public ImmutableArray<string> Given { get; init; } = [];

    /// <summary>Seeds in all, the first one first.</summary>
    public ImmutableArray<int> AllSeeds => [.. Enumerable.Range(0, Seeds).Select(i => Seed + i)];

    /// <summary>What a new run folder is called after the time.</summary>
    public string Label => Quick ? "quick" : Learners.IsEmpty && Fold is null && Subset is null && Size is null ? "default" : "part";
}
