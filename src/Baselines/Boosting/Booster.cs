using Microsoft.Win32.SafeHandles;

namespace Kaggle.Baselines.Boosting;

/// <summary>Trees that are grown one iteration at a time: LightGBM's own Booster.</summary>
sealed unsafe class Booster() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    public static Booster Of(BinnedRows train, BinnedRows? validation, BoosterParameters parameters)
    {
        LightGbmLibrary.Check(LightGbmLibrary.BoosterCreate(train, parameters.ToString(), out var booster));
        if (validation is not null) LightGbmLibrary.Check(LightGbmLibrary.BoosterAddValidData(booster, validation));
        return booster;
    }

    /// <param name="text">UTF-8, as <see cref="ToText"/> wrote it.</param>
    public static Booster Parse(ReadOnlySpan<byte> text)
    {
        var terminated = new byte[text.Length + 1];
        text.CopyTo(terminated);
        fixed (byte* first = terminated)
        {
            LightGbmLibrary.Check(LightGbmLibrary.BoosterLoadModelFromString(first, out _, out var booster));
            return booster;
        }
    }

    /// <returns>False when no tree could be split any further.</returns>
    public bool Grow()
    {
        LightGbmLibrary.Check(LightGbmLibrary.BoosterUpdateOneIter(this, out var finished));
        return finished == 0;
    }

    /// <returns>LightGBM's own metric of the validation rows.</returns>
    public double ValidationScore()
    {
        double score;
        LightGbmLibrary.Check(LightGbmLibrary.BoosterGetEval(this, data: 1, out _, &score));
        return score;
    }

    /// <param name="values">(outputs, rows) filled with the predictions of the validation rows: all rows of the first output, then of the next.</param>
    public void ValidationPredictions(Span<double> values)
    {
        fixed (double* first = values) LightGbmLibrary.Check(LightGbmLibrary.BoosterGetPredict(this, data: 1, out _, first));
    }

    /// <param name="rows">(rows, columns) float32, row after row.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="width">Numbers that come back for each row.</param>
    /// <param name="kind">Predictions or contributions.</param>
    /// <param name="threads">Threads to compute with.</param>
    public double[] Predict(ReadOnlySpan<float> rows, int columns, int width, LightGbmLibrary.PredictionKind kind, int threads)
    {
        var count = rows.Length / columns;
        var values = new double[count * width];
        fixed (float* data = rows)
        fixed (double* into = values)
            if (count > 0)
                LightGbmLibrary.Check(LightGbmLibrary.BoosterPredictForMat(
                    this, data, LightGbmLibrary.Float32, count, columns, rowMajor: 1, kind, 0, -1, $"verbosity=-1 num_threads={threads}", out _, into));
        return values;
    }

    /// <returns>(columns) the sum of the gains of the splits on each.</returns>
    public double[] Gains(int columns)
    {
        var gains = new double[columns];
        fixed (double* first = gains) LightGbmLibrary.Check(LightGbmLibrary.BoosterFeatureImportance(this, iterations: -1, byGain: 1, first));
        return gains;
    }

    /// <param name="iterations">How many of the first iterations to keep; −1: all.</param>
    /// <returns>UTF-8 that <see cref="Parse"/> makes the same trees of.</returns>
    public byte[] ToText(int iterations = -1)
    {
        var text = new byte[1 << 20];
        while (true)
        {
            long length;
            fixed (byte* first = text)
                LightGbmLibrary.Check(LightGbmLibrary.BoosterSaveModelToString(this, 0, iterations, importance: 1, text.Length, out length, first));
            if (length <= text.Length) return text[..(int)(length - 1)];        // the C string's end is counted
            text = new byte[length];
        }
    }

    protected override bool ReleaseHandle() => LightGbmLibrary.BoosterFree(handle) == 0;
}
