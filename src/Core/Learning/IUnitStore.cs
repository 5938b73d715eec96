using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>Where finished units are kept, so that none is computed twice by whichever process.</summary>
public interface IUnitStore
{
    /// <returns>The finished unit; null when there is none yet.</returns>
    UnitResult? Find(string key);

    /// <returns>The right to compute this unit; null while another process has it.</returns>
    IUnitClaim? TryClaim(string key);
}

/// <summary>The right to compute a unit. Given up when disposed, also by a crash.</summary>
public interface IUnitClaim : IDisposable
{
    /// <summary>An empty folder for the model's files.</summary>
    string ModelFolder { get; }

    /// <summary>A folder for checkpoints; it outlives a kill and is removed when the unit is published.</summary>
    string Scratch { get; }

    /// <summary>Makes the unit visible to all at once, whole.</summary>
    /// <returns>The result as the store gives it.</returns>
    UnitResult Publish(UnitResult result);
}

/// <summary>A finished unit, on the table's own scale.</summary>
public sealed record UnitResult
{
    /// <summary>(fold's validation rows, outputs), in the fold's order.</summary>
    public required Predictions Validation { get; init; }

    /// <summary>(test rows, outputs); null when there are none.</summary>
    public Predictions? Test { get; init; }

    /// <summary>The same predictions blended with those of other views of the rows; null where the model has none, and once it is settled which count.</summary>
    public ViewedPredictions? Viewed { get; init; }

    public required FitRecord Record { get; init; }

    public double Seconds { get; init; }

    /// <summary>The process's peak so far, not the unit's own share.</summary>
    public double PeakMemoryMb { get; init; }

    /// <summary>Where the model's files lie.</summary>
    public required string ModelFolder { get; init; }
}
