using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Features of pictures, batch after batch, in memory and in a file: what was broken off goes on where it stood, and what is whole is read.</summary>
sealed class GrowingFeatures : IDisposable
{
    readonly int rows;
    readonly GrowingRows? kept;
    float[] values = [];
    ImmutableArray<int> widths = [];
    int classes;

    /// <param name="rows">How many there will be.</param>
    /// <param name="file">Where they are kept; null: nowhere.</param>
    public GrowingFeatures(int rows, string? file)
    {
        this.rows = rows;
        if (file is null || rows == 0) return;
        using var whole = GrowingRows.Whole(file, rows);
        if (whole is not null) Take(whole);
        if (IsWhole) return;
        kept = GrowingRows.Unfinished(file, rows);
        if (kept is not null) Take(kept);
    }

    /// <summary>Those that are there.</summary>
    public int Rows { get; private set; }

    public bool IsWhole => Rows == rows;

    int Width => classes + widths.Sum();

    /// <summary>Forgets rows from one on: the batch that it was in was not whole.</summary>
    public void CutTo(int row)
    {
        Rows = row;
        kept?.CutTo(row);
    }

    /// <param name="batch">(rows, classes + features), row by row, of the next rows.</param>
    /// <param name="widths">Of the features' parts.</param>
    /// <param name="classes">How many scores of classes come before them.</param>
    public void Add(ReadOnlySpan<float> batch, ImmutableArray<int> widths, int classes)
    {
        if (Rows == 0)
        {
            (this.widths, this.classes) = (widths, classes);
            values = new float[(long)rows * Width];
            kept?.Begin([.. widths, classes], Width * sizeof(float));
        }
        batch.CopyTo(values.AsSpan(Rows * Width));
        Rows += batch.Length / Width;
        kept?.Add(MemoryMarshal.AsBytes(batch));
    }

    public SeenPictures Whole() => rows == 0 ? new(new(Array.Empty<float>(), 1), [1]) : new(new(values, Width), widths, classes);

    public void Dispose() => kept?.Dispose();

    void Take(GrowingRows from)
    {
        if (from.Rows == 0 || from.Numbers.Sum() * (long)sizeof(float) != from.RowBytes) return;
        (widths, classes) = ([.. from.Numbers[..^1]], from.Numbers[^1]);
        values = new float[(long)rows * Width];
        for (Rows = 0; Rows < from.Rows; Rows++) from.Read(Rows, MemoryMarshal.AsBytes(values.AsSpan(Rows * Width, Width)));
    }
}
