using System.Diagnostics;
using System.Runtime.InteropServices;
using Kaggle.Core.Data;

namespace Kaggle.Benchmarks.LightGbm;

/// <summary>The same five boosters by nothing but calls into the native library: what cannot be beaten with it.</summary>
static unsafe partial class BareLoop
{
    const string Library = "lib_lightgbm";

    /// <param name="all">The rows.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <param name="training">Runs while the library bins and trains.</param>
    /// <returns>(rows) out-of-fold probabilities.</returns>
    public static float[] CrossValidate(Dataset all, int threads, Stopwatch training)
    {
        var (rows, columns) = (all.Rows, all.Columns.Length);
        var values = new float[rows * columns];
        for (var c = 0; c < columns; c++)
            for (var i = 0; i < rows; i++)
                values[i * columns + c] = all.Columns[c] switch
                {
                    NumberColumn number => number.Values.Span[i],
                    CategoryColumn category => category.Codes.Span[i] is >= 0 and var code ? code : float.NaN,
                    _ => float.NaN,
                };
        var categories = string.Join(',', Enumerable.Range(0, columns).Where(c => all.Columns[c] is CategoryColumn));
        var parameters =
            $"objective=binary num_leaves=31 learning_rate=0.05 min_data_in_leaf=20 num_threads={threads} categorical_feature={categories} verbosity=-1 force_row_wise=true";
        var scores = new float[rows];
        foreach (var (train, validation) in Adult.Split(all))
        {
            float[] x = Taken(values, columns, train.RowIndex), later = Taken(values, columns, validation.RowIndex);
            var labels = train.Answers.Truth.Values.ToArray();
            var predicted = new double[validation.Rows];
            fixed (float* data = x, label = labels, unseen = later)
            fixed (double* into = predicted)
            {
                training.Start();
                Check(DatasetCreateFromMat(data, 0, train.Rows, columns, 1, parameters, 0, out var dataset));
                Check(DatasetSetField(dataset, "label", label, train.Rows, 0));
                Check(BoosterCreate(dataset, parameters, out var booster));
                for (var tree = 0; tree < 300; tree++) Check(BoosterUpdateOneIter(booster, out _));
                training.Stop();
                Check(BoosterPredictForMat(booster, unseen, 0, validation.Rows, columns, 1, 0, 0, -1, parameters, out _, into));
                Check(BoosterFree(booster));
                Check(DatasetFree(dataset));
            }
            for (var i = 0; i < predicted.Length; i++) scores[validation.RowIndex[i]] = (float)predicted[i];
        }
        return scores;
    }

    static float[] Taken(float[] values, int columns, ReadOnlySpan<int> rows)
    {
        var taken = new float[rows.Length * columns];
        for (var i = 0; i < rows.Length; i++) values.AsSpan(rows[i] * columns, columns).CopyTo(taken.AsSpan(i * columns));
        return taken;
    }

    static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException("LightGBM refused.");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetCreateFromMat(float* data, int type, int rows, int columns, int rowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetSetField(nint dataset, string field, void* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterCreate(nint train, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int BoosterUpdateOneIter(nint booster, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterPredictForMat(
        nint booster, float* data, int type, int rows, int columns, int rowMajor, int kind, int first, int iterations, string parameters, out long count, double* into);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int DatasetFree(nint dataset);
}
