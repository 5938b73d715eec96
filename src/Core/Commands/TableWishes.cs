using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Commands;

/// <summary>What the user said of a table whose question is otherwise inferred; null and empty: nothing.</summary>
public sealed record TableWishes
{
    public ImmutableArray<string> Targets { get; init; } = [];

    public string? Id { get; init; }

    public TaskKind? Task { get; init; }

    public string? Metric { get; init; }

    /// <summary>Whether answers are the names of kinds, as of pictures, whole numbers too: then a label is asked for where no sample asks for chances.</summary>
    public bool Kinds { get; init; }

    /// <summary>Columns not to be learned from.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];
}
