using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kaggle.Core.Learning;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Keeps what each epoch was like, and reports progress. One for all stages of a training.</summary>
/// <param name="progress">Told after each epoch.</param>
/// <param name="epochs">Of all stages together; null: there is one.</param>
public sealed class Recorder(IProgress<FitProgress>? progress, int? epochs = null) : ICheckpointed, IDisposable
{
    static readonly JsonSerializerOptions exact = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    readonly List<EpochRecord> records = [];
    readonly Stopwatch whole = new(), learning = new();
    Tensor? losses, norms;                                  // sums on the device: reading each step's would wait for it
    int count;
    StepEnd last;
    Loop? loop;

    public string Key => "recorder";

    public IReadOnlyList<EpochRecord> Records => records;

    /// <summary>What two trainings alike have alike: times and memory are left out.</summary>
    public IReadOnlyList<Curve> Curves =>
    [
        new("train loss", [.. records.Select(r => r.Loss)]), new("learning rate", [.. records.Select(r => r.Rate)]),
        .. records.Any(r => r.Score is not null) ? [new Curve($"validation {loop?.Validation?.Name}", [.. records.Select(r => r.Score).OfType<double>()])] : Array.Empty<Curve>(),
    ];

    public void OnBegin(Loop loop)
    {
        this.loop = loop;
        whole.Restart();
        learning.Restart();
    }

    public void OnStep(StepEnd step)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        losses ??= zeros([], float64, step.Loss.device).DetachFromDisposeScope();
        losses.add_(step.Loss);
        if (loop!.Optimizer.GradientNorm is { } norm)
        {
            norms ??= zeros([], float64, norm.device).DetachFromDisposeScope();
            norms.add_(norm);
        }
        (count, last) = (count + 1, step);
    }

    public void OnTrained() => learning.Stop();

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        using var scope = NewDisposeScope();                     // an operation in place gives a tensor too
        var loss = losses is null ? double.NaN : losses.item<double>() / count;
        var rows = (double)loop!.Train.Rows * loop.StepsPerEpoch / loop.Train.Batches(loop.BatchSize);
        records.Add(new(loss, end.Score, last.Rate, last.Momentum, norms is null ? null : norms.item<double>() / count,
            whole.Elapsed.TotalSeconds, rows / learning.Elapsed.TotalSeconds, Environment.WorkingSet / 1e6));
        losses?.zero_();
        norms?.zero_();
        count = 0;
        whole.Restart();
        learning.Restart();
        Say(FormattableString.Invariant($"epoch {records.Count}/{Of}, loss {loss:G4}{(end.Score is { } s ? $", {loop.Validation!.Name} {s:G5}" : "")}"));
        return AfterEpoch.Continue;
    }

    public void OnHalved(int atOnce) => Say($"the device's memory is short: batches of {loop!.BatchSize} are learned from in parts of {atOnce}, which adds up to the same");

    public CallbackMemory Memory() => new(CallbackMemory.NoTensors, new Dictionary<string, string> { ["records"] = JsonSerializer.Serialize(records, exact) });

    public void Restore(CallbackMemory memory, Loop loop) => records.AddRange(JsonSerializer.Deserialize<EpochRecord[]>(memory.Texts["records"], exact)!);

    public void Dispose()
    {
        losses?.Dispose();
        norms?.Dispose();
    }

    int Of => epochs ?? loop!.Epochs;

    void Say(string note) => progress?.Report(new(records.Count / (double)Of, note));
}
