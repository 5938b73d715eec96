using System.Collections.Immutable;

namespace Kaggle.Core.Data;

/// <summary>Typed columns over the same rows, with a target, weights, groups and time where they are known. Immutable.</summary>
/// <remarks>
/// A dataset made by <see cref="Take(ReadOnlySpan{int})"/> is a view: it shares the columns of its <see cref="Source"/> and holds row numbers only.
/// <see cref="Number(string)"/> and its like gather a column for the rows of this view.
/// Ids are not here on purpose: no learner can learn from them.
/// </remarks>
public sealed class Dataset
{
    readonly int[]? view;                                   // row numbers in the source's columns; null: all of them, in order
    readonly ImmutableDictionary<string, Column> byName;
    TargetValues? taken;

    public Dataset(
        IEnumerable<Column> columns,
        TargetValues? target = null,
        ReadOnlyMemory<float>? weights = null,
        ReadOnlyMemory<int>? groups = null,
        ReadOnlyMemory<long>? time = null,
        int? rows = null)
    {
        Columns = [.. columns];
        var twice = Columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new InputException($"Column '{twice.Key}' appears {twice.Count()} times; names must differ.");
        byName = Columns.ToImmutableDictionary(c => c.Name);
        Rows = rows ?? (Columns.Length > 0 ? Columns[0].Rows : target?.Rows ?? 0);
        foreach (var column in Columns)
            if (column.Rows != Rows)
                throw new InputException($"Column '{column.Name}' has {column.Rows} rows, the others {Rows}.");
        if (target is not null && target.Rows != Rows)
            throw new InputException($"The target has {target.Rows} rows, the columns {Rows}.");
        (SourceTarget, SourceWeights, SourceGroups, SourceTime) = (target, weights, groups, time);
        Source = this;
    }

    Dataset(Dataset source, int[] rows)
    {
        (Columns, byName, Source, view, Rows) = (source.Columns, source.byName, source, rows, rows.Length);
        (SourceTarget, SourceWeights, SourceGroups, SourceTime) = (source.SourceTarget, source.SourceWeights, source.SourceGroups, source.SourceTime);
    }

    /// <summary>The columns with all rows of the <see cref="Source"/>, also in a view: index them by <see cref="RowIndex"/>.</summary>
    public ImmutableArray<Column> Columns { get; }

    /// <summary>How many rows this dataset has.</summary>
    public int Rows { get; }

    /// <summary>The dataset whose columns these are; itself unless this is a view. Equal sources mean equal memory.</summary>
    public Dataset Source { get; }

    public bool IsView => view is not null;

    /// <summary>For each row of this dataset its number in <see cref="Columns"/>; empty when it is not a view.</summary>
    public ReadOnlySpan<int> RowIndex => view;

    TargetValues? SourceTarget { get; }

    ReadOnlyMemory<float>? SourceWeights { get; }

    ReadOnlyMemory<int>? SourceGroups { get; }

    ReadOnlyMemory<long>? SourceTime { get; }

    /// <summary>The answers of these rows; null for test rows.</summary>
    public TargetValues? Target => view is null ? SourceTarget : taken ??= SourceTarget?.Take(view);

    /// <summary>The answers of these rows.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public TargetValues Answers => Target ?? throw new InputException("These rows have no target to learn from.");

    /// <summary>(rows) how much each row counts; null when all count alike.</summary>
    public ReadOnlyMemory<float>? Weights => Gathered(SourceWeights);

    /// <summary>(rows) rows of one group never stand on both sides of a fold.</summary>
    public ReadOnlyMemory<int>? Groups => Gathered(SourceGroups);

    /// <summary>(rows) ticks; folds in time never look ahead.</summary>
    public ReadOnlyMemory<long>? Time => Gathered(SourceTime);

    public bool Has(string column) => byName.ContainsKey(column);

    /// <returns>The column for the rows of this dataset.</returns>
    /// <exception cref="InputException">No column has that name.</exception>
    public Column this[string name]
    {
        get
        {
            if (!byName.TryGetValue(name, out var column))
                throw new InputException($"There is no column '{name}'; the columns are {string.Join(", ", Columns.Select(c => c.Name))}.");
            return view is null ? column : column.Take(view);
        }
    }

    /// <returns>(rows) NaN is missing.</returns>
    public ReadOnlyMemory<float> Number(string name) => ((NumberColumn)this[name]).Values;

    /// <returns>(rows) −1 is missing.</returns>
    public ReadOnlyMemory<int> Codes(string name) => ((CategoryColumn)this[name]).Codes;

    /// <returns>A view of the rows asked for, in that order; of a view, a view of its source.</returns>
    public Dataset Take(ReadOnlySpan<int> rows)
    {
        var numbers = rows.ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(rows), $"Row {numbers[i]} of {Rows}.");
            if (view is not null) numbers[i] = view[numbers[i]];
        }
        return new(Source, numbers);
    }

    public Dataset Take(Range rows)
    {
        var (start, length) = rows.GetOffsetAndLength(Rows);
        return Take([.. Enumerable.Range(start, length)]);
    }

    /// <returns>The same rows, answers, weights, groups and time with other columns; each has one value for each row of this dataset.</returns>
    public Dataset WithColumns(IEnumerable<Column> columns) => new(columns, Target, Weights, Groups, Time, Rows);

    /// <returns>The same rows and columns with other answers.</returns>
    public Dataset WithTarget(TargetValues? target) => new(Columns.Select(c => view is null ? c : c.Take(view)), target, Weights, Groups, Time, Rows);

    ReadOnlyMemory<T>? Gathered<T>(ReadOnlyMemory<T>? source)
    {
        if (source is not { } all || view is null) return source;
        var gathered = new T[view.Length];
        for (var i = 0; i < gathered.Length; i++) gathered[i] = all.Span[view[i]];
        return gathered;
    }
}
