using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kaggle.Deep.Layers;

/// <summary>One row of numbers beside many that lie one after the other: a bias that is added to each of them, or the sums over them.</summary>
/// <remarks>The default takes the place of a row of zeros.</remarks>
ref struct RowCycle
{
    const int Lanes = 16;

    readonly Span<float> row;
    int at;

    /// <param name="row">The one row.</param>
    /// <param name="start">How many values of the others were passed.</param>
    public RowCycle(Span<float> row, int start)
    {
        this.row = row;
        at = start % row.Length;
    }

    /// <returns>The next sixteen, going on at the row's start when it ends.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Take()
    {
        if (row.IsEmpty) return Vector512<float>.Zero;
        if (at + Lanes > row.Length) return TakeAround();
        var next = Vector512.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(row), at));
        Pass(Lanes);
        return next;
    }

    public float TakeOne()
    {
        if (row.IsEmpty) return 0;
        var next = row[at];
        Pass(1);
        return next;
    }

    /// <summary>Adds to the next sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> values)
    {
        if (row.IsEmpty) return;
        if (at + Lanes > row.Length)
        {
            for (var i = 0; i < Lanes; i++) AddOne(values[i]);
            return;
        }
        ref var sums = ref Unsafe.Add(ref MemoryMarshal.GetReference(row), at);
        (Vector512.LoadUnsafe(ref sums) + values).StoreUnsafe(ref sums);
        Pass(Lanes);
    }

    public void AddOne(float value)
    {
        if (row.IsEmpty) return;
        row[at] += value;
        Pass(1);
    }

    Vector512<float> TakeAround()
    {
        Span<float> next = stackalloc float[Lanes];
        foreach (ref var value in next) value = TakeOne();
        return Vector512.Create<float>(next);
    }

    void Pass(int values)
    {
        at += values;
        if (at == row.Length) at = 0;
    }
}
