using System.Globalization;
using System.Text.Json;
using Kaggle.Core.Learning;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Keeps the curves: for each epoch the mean loss, the validation score and the last learning rate; reports progress. One for all stages of a training.</summary>
/// <param name="progress">Told after each epoch.</param>
/// <param name="epochs">Of all stages together; null: there is one.</param>
public sealed class Recorder(IProgress<FitProgress>? progress, int? epochs = null) : ICheckpointed, IDisposable
{
    readonly List<double> losses = [], scores = [], rates = [];
    Tensor? sum;                                            // on the device: reading each loss would wait for it
    int count;
    double rate;
    Loop? loop;

    public string Key => "recorder";

    public IReadOnlyList<double> Losses => losses;

    public IReadOnlyList<double> Scores => scores;

    public IReadOnlyList<double> Rates => rates;

    public IReadOnlyList<Curve> Curves =>
    [
        new("train loss", losses), new("learning rate", rates),
        .. scores.Count > 0 ? [new Curve($"validation {loop?.Validation?.Name}", scores)] : Array.Empty<Curve>(),
    ];

    public void OnBegin(Loop loop) => this.loop = loop;

    public void OnStep(StepEnd step)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        sum ??= zeros([], float64, step.Loss.device).DetachFromDisposeScope();
        sum.add_(step.Loss);
        (count, rate) = (count + 1, step.Rate);
    }

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        var loss = sum is null ? double.NaN : sum.item<double>() / count;
        losses.Add(loss);
        rates.Add(rate);
        if (end.Score is { } score) scores.Add(score);
        sum?.zero_();
        count = 0;
        var of = epochs ?? loop!.Epochs;
        progress?.Report(new(losses.Count / (double)of, FormattableString.Invariant($"epoch {losses.Count}/{of}, loss {loss:G4}{(end.Score is { } s ? $", {loop!.Validation!.Name} {s:G5}" : "")}")));
        return AfterEpoch.Continue;
    }

    public void OnHalved(int atOnce) =>
        progress?.Report(new(losses.Count / (double)(epochs ?? loop!.Epochs), $"the device's memory is short: batches of {loop!.BatchSize} are learned from in parts of {atOnce}, which adds up to the same"));

    public CallbackMemory Memory() => new(CallbackMemory.NoTensors, new Dictionary<string, string> { ["losses"] = Text(losses), ["scores"] = Text(scores), ["rates"] = Text(rates) });

    public void Restore(CallbackMemory memory, Loop loop)
    {
        losses.AddRange(Numbers(memory.Texts["losses"]));
        scores.AddRange(Numbers(memory.Texts["scores"]));
        rates.AddRange(Numbers(memory.Texts["rates"]));
    }

    public void Dispose() => sum?.Dispose();

    // JSON knows no infinity, so numbers are written as texts.
    static string Text(IEnumerable<double> numbers) => JsonSerializer.Serialize(numbers.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));

    static IEnumerable<double> Numbers(string json) => JsonSerializer.Deserialize<string[]>(json)!.Select(t => double.Parse(t, CultureInfo.InvariantCulture));
}
