using System.Text.Json;
using System.Text.Json.Serialization;
using Kaggle.Core.Data;

namespace Kaggle.Core.Runs;

/// <summary>run.json, schema 1: all that a run did and found. Every score is in the competition's metric and out of fold.</summary>
public sealed record RunDocument
{
    public int Schema { get; init; } = 1;

    [JsonPropertyName("competition")]
    public required string CompetitionName { get; init; }

    public string? Question { get; init; }

    /// <summary>The run folder's name; it sorts by time.</summary>
    public required string Run { get; init; }

    /// <summary>"running", "finished", "stopped" (Ctrl-C or the budget) or "failed".</summary>
    public required string Status { get; init; }

    /// <summary>What a person types to get this run again.</summary>
    public required string Command { get; init; }

    public DateTimeOffset Started { get; init; }

    public double Seconds { get; init; }

    public double PeakMemoryMb { get; init; }

    public required MetricNote Metric { get; init; }

    /// <summary>"binary", "regression", …</summary>
    public required string Task { get; init; }

    public required DataNote Data { get; init; }

    /// <summary>The validation scheme in one line.</summary>
    public required string Validation { get; init; }

    /// <summary>The declaration and options that make the run's identity.</summary>
    public required JsonElement Settings { get; init; }

    public required IReadOnlyList<int> Seeds { get; init; }

    public required IReadOnlyDictionary<string, string> Packages { get; init; }

    public required string Machine { get; init; }

    public IReadOnlyList<LearnerNote> Learners { get; init; } = [];

    public EnsembleNote? Ensemble { get; init; }

    public DecisionNote? Decision { get; init; }

    public ScoreNote? Best { get; init; }

    /// <summary>What the public leaderboard said of the submission, if the user wrote it down.</summary>
    public double? PublicScore { get; init; }

    public SubmissionNote? Submission { get; init; }

    public IReadOnlyList<Warning> Warnings { get; init; } = [];
}

public sealed record MetricNote(string Name, bool HigherIsBetter);

public sealed record DataNote(FileNote Train, FileNote? Test);

public sealed record FileNote(string File, int Rows, string Sha256);

/// <param name="Name">The learner's name.</param>
/// <param name="Settings">Its settings, as JSON.</param>
/// <param name="Units">One for each seed and fold that is finished.</param>
/// <param name="Mean">The mean of the folds' scores (seeds averaged first).</param>
/// <param name="Sd">Their standard deviation.</param>
/// <param name="Pooled">The score of all out-of-fold rows at once.</param>
/// <param name="FoldScores">Fold by fold, the decision fitted on the other folds as an ensemble's is; the units' own scores are by the plain decision.</param>
public sealed record LearnerNote(
    string Name, JsonElement Settings, IReadOnlyList<UnitNote> Units, double Mean, double Sd, double Pooled, double Seconds, double PeakMemoryMb,
    ViewsNote? Views = null, IReadOnlyList<double>? FoldScores = null);

/// <summary>What came of blending predictions of other views of the rows.</summary>
/// <param name="Plain">The score of plain predictions, the mean over units.</param>
/// <param name="Blended">Of the blend.</param>
/// <param name="Taken">Whether the blend counts.</param>
public sealed record ViewsNote(double Plain, double Blended, bool Taken);

/// <param name="Key">The folder's name under units/.</param>
public sealed record UnitNote(int Seed, int Fold, double Score, double Seconds, string Key, int? Iterations = null);

/// <param name="Score">Cross-validated: the weights that scored a fold were fitted on the other folds.</param>
/// <param name="FoldScores">The same, fold by fold.</param>
public sealed record EnsembleNote(string Name, IReadOnlyList<MemberNote> Members, double Score, IReadOnlyList<double> FoldScores);

/// <param name="Gain">How much better the ensemble's cross-validated score is with this member than without; below 0 it hurts.</param>
public sealed record MemberNote(string Learner, double Weight, double Gain);

/// <param name="Score">Cross-validated likewise.</param>
public sealed record DecisionNote(string Kind, IReadOnlyList<double> Thresholds, double Score);

public sealed record ScoreNote(string Name, double Score);

public sealed record SubmissionNote(string Path, int Rows);
