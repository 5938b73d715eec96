using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>The tables that a layout made of a folder; from here on they go the way of tables read from CSV.</summary>
/// <param name="Train">Its columns as the declaration names them: an id, the target, what is learned from.</param>
/// <param name="Test">The same without the target.</param>
public sealed record LaidOutTables(Table Train, Table Test)
{
    /// <summary>Null: the submission has the id's column and the target's, a row for each test row in their order.</summary>
    public Table? SampleSubmission { get; init; }

    /// <summary>The answers of the test rows, where the files hold them: id and target.</summary>
    public Table? Solution { get; init; }

    /// <summary>The kinds of columns whose values do not say it: an image column holds texts that name pictures.</summary>
    public ImmutableDictionary<string, ColumnKind> Kinds { get; init; } = ImmutableDictionary<string, ColumnKind>.Empty;

    /// <summary>A hash over the bytes that the cells only name, such as pictures; with it a changed file is a changed dataset.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The column that names the rows, where its own name does not tell: a table's filename, image_id, path. Null: it is found as in any table.</summary>
    public string? Id { get; init; }

    /// <summary>What of the folder was not taken, and why.</summary>
    public ImmutableArray<Warning> Warnings { get; init; } = [];
}
