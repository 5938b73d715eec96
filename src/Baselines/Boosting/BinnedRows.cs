using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Kaggle.Baselines.Trees;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Boosting;

/// <summary>What decides how values fall into bins; folds with equal settings share the bins.</summary>
/// <param name="LinearTrees">Whether the values themselves are kept beside the bins: linear trees need them.</param>
sealed record Binning(int MaxBin, int MinRowsInBin, bool CategoriesNative, bool LinearTrees);

/// <summary>Rows whose values have become bin numbers: LightGBM's own Dataset.</summary>
sealed unsafe class BinnedRows() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    static readonly BinnedRows None = new();

    /// <summary>Bins all rows of the source once for each of the run's folds; a run without a share bins them anew.</summary>
    /// <remarks>
    /// The bounds of the bins are quantiles of a column's values and look at no answer, so a fold may share those of all rows.
    /// A model is the same with a share and without.
    /// </remarks>
    public static BinnedRows Of(Dataset rows, TreeColumns columns, Binning binning, FitContext context, int threads, out bool shared)
    {
        shared = context.Share is not null;
        return context.Share?.GetOrAdd(new BinnedKey(rows.Source, binning), () => Bin(rows.Source, columns, binning, threads, null))
            ?? Bin(rows.Source, columns, binning, threads, null);
    }

    /// <param name="rows">The rows to bin.</param>
    /// <param name="columns">Which columns, in which order.</param>
    /// <param name="binning">How fine.</param>
    /// <param name="threads">Threads to bin with.</param>
    /// <param name="like">Rows whose bins are taken over; null: new ones.</param>
    public static BinnedRows Bin(Dataset rows, TreeColumns columns, Binning binning, int threads, BinnedRows? like)
    {
        var size = (nuint)rows.Rows * (nuint)columns.Count;    // may be more than an array holds
        var values = (float*)NativeMemory.Alloc(size, sizeof(float));
        try
        {
            for (var c = 0; c < columns.Count; c++)
                columns.Read(rows, c, new Span<float>(values + (nuint)c * (nuint)rows.Rows, rows.Rows));
            LightGbmLibrary.Check(LightGbmLibrary.DatasetCreateFromMat(
                values, LightGbmLibrary.Float32, rows.Rows, columns.Count, rowMajor: 0, Parameters(columns, binning, threads), like ?? None, out var made));
            return made;
        }
        finally
        {
            NativeMemory.Free(values);
        }
    }

    /// <param name="ascending">Row numbers, ascending.</param>
    /// <param name="threads">Threads to copy with.</param>
    public BinnedRows Subset(ReadOnlySpan<int> ascending, int threads)
    {
        fixed (int* rows = ascending)
        {
            LightGbmLibrary.Check(LightGbmLibrary.DatasetGetSubset(this, rows, ascending.Length, $"verbosity=-1 num_threads={threads}", out var subset));
            return subset;
        }
    }

    /// <param name="field">"label" or "weight".</param>
    /// <param name="values">(rows)</param>
    public void Set(string field, ReadOnlySpan<float> values)
    {
        fixed (float* first = values) LightGbmLibrary.Check(LightGbmLibrary.DatasetSetField(this, field, first, values.Length, LightGbmLibrary.Float32));
    }

    protected override bool ReleaseHandle() => LightGbmLibrary.DatasetFree(handle) == 0;

    static string Parameters(TreeColumns columns, Binning binning, int threads)
    {
        var parameters = new BoosterParameters
        {
            ["max_bin"] = binning.MaxBin,
            ["min_data_in_bin"] = binning.MinRowsInBin,
            ["feature_pre_filter"] = false,                    // it depends on the leaves' size, which learners that share bins may differ in
            ["data_random_seed"] = 1,                          // which rows are sampled for the bounds: not the run's seed, its repeats share the bins
            ["linear_tree"] = binning.LinearTrees,
            ["num_threads"] = threads,
        };
        var categories = columns.Columns.Select((column, number) => (column.Kind, number)).Where(c => c.Kind == ColumnKind.Category);
        if (binning.CategoriesNative && categories.Any())
            parameters["categorical_feature"] = string.Join(',', categories.Select(c => c.number));
        return parameters.ToString();
    }

    sealed record BinnedKey(Dataset Source, Binning Binning);
}
