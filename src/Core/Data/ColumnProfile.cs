using Kaggle.Core.Data.Texts;

namespace Kaggle.Core.Data;

/// <summary>What one column of the table looks like, in train and in test. Shares are 0 to 1 of all rows of that table.</summary>
public sealed record ColumnProfile
{
    public required string Name { get; init; }

    public required ColumnKind Kind { get; init; }

    /// <summary>The share of training rows that are missing.</summary>
    public double Missing { get; init; }

    /// <summary>The same of the test rows; null without a test table.</summary>
    public double? TestMissing { get; init; }

    /// <summary>How many different values the training rows have, missing not counted.</summary>
    public int Distinct { get; init; }

    /// <summary>The spread of a number or a date; null for other kinds and for columns without a value.</summary>
    public Spread? Spread { get; init; }

    /// <summary>Numbers and dates: counts in bins over the range of train and test together.</summary>
    public Histogram? Histogram { get; init; }

    /// <summary>Categories: the commonest levels, commonest first (at most 12); what is left is in <see cref="OtherLevels"/>.</summary>
    public IReadOnlyList<LevelProfile> Levels { get; init; } = [];

    /// <summary>How many levels <see cref="Levels"/> leaves out.</summary>
    public int OtherLevels { get; init; }

    /// <summary>The share of test rows with a level that the training rows lack; null for other kinds and without a test table.</summary>
    public double? UnseenInTest { get; init; }

    /// <summary>Text and pictures: the first few values, cut at 80 characters.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Text: lengths and words; null for other kinds.</summary>
    public TextFacts? Text { get; init; }

    /// <summary>How well this column alone tells the target; null when that was not measured.</summary>
    public Relation? Relation { get; init; }
}

/// <summary>Of the values that are not missing, of the training rows. Dates as <see cref="DateTime.Ticks"/>.</summary>
public sealed record Spread(double Mean, double Sd, double Minimum, double Median, double Maximum);

/// <param name="Edges">(bins + 1) ascending; dates as ticks.</param>
/// <param name="Train">(bins) shares of the training rows.</param>
/// <param name="Test">(bins) shares of the test rows; null without a test table.</param>
/// <param name="Target">(bins) the mean of the (first) target in the bin, the chance of a binary target's second class; null where there is none, or no row.</param>
public sealed record Histogram(
    IReadOnlyList<double> Edges, IReadOnlyList<double> Train, IReadOnlyList<double>? Test = null, IReadOnlyList<double?>? Target = null);

/// <param name="Name">As it stands in the table.</param>
/// <param name="Train">Share of the training rows.</param>
/// <param name="Test">Share of the test rows; null without a test table.</param>
/// <param name="Target">As in <see cref="Histogram.Target"/>.</param>
public sealed record LevelProfile(string Name, double Train, double? Test = null, double? Target = null);

/// <param name="Measure">"auc", "correlation", "correlation ratio" …: what <paramref name="Value"/> is.</param>
/// <param name="Value">In the measure's own unit.</param>
/// <param name="Strength">The same as 0 (tells nothing) to 1 (tells all), comparable between columns.</param>
public sealed record Relation(string Measure, double Value, double Strength);
