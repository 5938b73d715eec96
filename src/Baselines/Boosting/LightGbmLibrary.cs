using System.Runtime.InteropServices;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;

namespace Kaggle.Baselines.Boosting;

/// <summary>LightGBM's C API, as its header c_api.h declares it.</summary>
static unsafe partial class LightGbmLibrary
{
    const string Library = "lib_lightgbm";

    public const int Float32 = 0;

    public enum PredictionKind
    {
        Normal = 0,
        Contributions = 3,
    }

    /// <summary>Loads the library.</summary>
    /// <exception cref="InputException">The library or one that it needs is missing on this system.</exception>
    public static void RequireLibrary()
    {
        OpenMpWaiting.Shorten();
        try
        {
            _ = GetLastError();
        }
        catch (DllNotFoundException cause)
        {
            var remedy = OperatingSystem.IsLinux() && !NativeLibrary.TryLoad("libgomp.so.1", out _)
                ? "the system's libgomp.so.1 is missing. Install it (Debian, Ubuntu: apt-get install libgomp1; Fedora: dnf install libgomp)"
                : OperatingSystem.IsMacOS()
                    ? "on macOS it needs OpenMP. Install it: brew install libomp"
                    : $"the LightGBM package holds no library for {RuntimeInformation.RuntimeIdentifier}, or its folder is gone: build again on this machine, or run what `dotnet publish` wrote";
            throw new InputException($"LightGBM cannot be loaded: {remedy}. Without it, leave LightGbm out of the learners.", cause);
        }
    }

    /// <exception cref="InvalidOperationException">LightGBM refused; the message is its own.</exception>
    public static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(GetLastError())}");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetCreateFromMat(
        float* data, int type, int rows, int columns, int rowMajor, string parameters, BinnedRows reference, out BinnedRows dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetGetSubset", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetGetSubset(BinnedRows dataset, int* rows, int count, string parameters, out BinnedRows subset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetSetField(BinnedRows dataset, string field, void* values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterCreate(BinnedRows train, string parameters, out Booster booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    public static partial int BoosterAddValidData(Booster booster, BinnedRows validation);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int BoosterUpdateOneIter(Booster booster, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEval")]
    public static partial int BoosterGetEval(Booster booster, int data, out int count, double* scores);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    public static partial int BoosterGetPredict(Booster booster, int data, out long count, double* values);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterPredictForMat(
        Booster booster, float* data, int type, int rows, int columns, int rowMajor, PredictionKind kind,
        int firstIteration, int iterations, string parameters, out long count, double* values);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFeatureImportance")]
    public static partial int BoosterFeatureImportance(Booster booster, int iterations, int byGain, double* values);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int BoosterSaveModelToString(
        Booster booster, int firstIteration, int iterations, int importance, long capacity, out long length, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString")]
    public static partial int BoosterLoadModelFromString(byte* text, out int iterations, out Booster booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int BoosterFree(nint booster);
}
