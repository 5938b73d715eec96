namespace Kaggle.Core.Data;

/// <summary>Rows × columns of float32, row after row in memory.</summary>
public readonly struct Matrix
{
    public Matrix(ReadOnlyMemory<float> values, int columns)
    {
        if (columns < 1 || values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columns} columns.");
        Values = values;
        Columns = columns;
        Rows = values.Length / columns;
    }

    /// <summary>(rows × columns) values, row-major.</summary>
    public ReadOnlyMemory<float> Values { get; }

    public int Columns { get; }

    public int Rows { get; }

    public float this[int row, int column] => Values.Span[row * Columns + column];

    public ReadOnlySpan<float> Row(int row) => Values.Span.Slice(row * Columns, Columns);

    /// <returns>(rows) a copy of one column; the memory itself when there is only one.</returns>
    public ReadOnlyMemory<float> Column(int column)
    {
        if (Columns == 1) return Values;
        var values = Values.Span;
        var copy = new float[Rows];
        for (var i = 0; i < copy.Length; i++) copy[i] = values[i * Columns + column];
        return copy;
    }

    /// <returns>(rows.Length, columns) the rows asked for, in that order.</returns>
    public Matrix Take(ReadOnlySpan<int> rows)
    {
        var from = Values.Span;
        var taken = new float[rows.Length * Columns];
        if (Columns == 1)
            for (var i = 0; i < rows.Length; i++) taken[i] = from[rows[i]];
        else
            for (var i = 0; i < rows.Length; i++)
                from.Slice(rows[i] * Columns, Columns).CopyTo(taken.AsSpan(i * Columns));
        return new(taken, Columns);
    }

    public Matrix Map(Func<float, float> change)
    {
        var from = Values.Span;
        var changed = new float[from.Length];
        for (var i = 0; i < changed.Length; i++) changed[i] = change(from[i]);
        return new(changed, Columns);
    }
}
