using System.Globalization;
using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Slows down when the validation rows' score (without them, nothing) no longer improves.</summary>
/// <remarks>fastai's ReduceLROnPlateau: after one epoch without a better one, a tenth of the rate.</remarks>
public sealed class ReduceOnPlateau : ICheckpointed
{
    Loop? loop;
    double? best;
    int waited;

    /// <summary>Epochs without a better one that are waited for.</summary>
    public int Patience { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>What the rate is divided by.</summary>
    public double Divisor { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>Never below this factor of the schedule's rate.</summary>
    public double Least { get; init => field = Require.AtLeast(0, value); }

    public string Key => "plateau";

    public void OnBegin(Loop loop) => this.loop = loop;

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (end.Score is not { } score || double.IsNaN(score)) return AfterEpoch.Continue;
        if (best is not { } b || loop!.Validation!.IsBetter(score, b)) (best, waited) = (score, 0);
        else if (++waited >= Patience) (loop.Slowdown, waited) = (Math.Max(Least, loop.Slowdown / Divisor), 0);
        return AfterEpoch.Continue;
    }

    public CallbackMemory Memory() => new(CallbackMemory.NoTensors, new Dictionary<string, string>
    {
        ["best"] = best?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        ["waited"] = waited.ToString(CultureInfo.InvariantCulture),
        ["slowdown"] = loop!.Slowdown.ToString("R", CultureInfo.InvariantCulture),
    });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        best = memory.Texts["best"] is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        waited = int.Parse(memory.Texts["waited"], CultureInfo.InvariantCulture);
        loop.Slowdown = double.Parse(memory.Texts["slowdown"], CultureInfo.InvariantCulture);
    }
}
