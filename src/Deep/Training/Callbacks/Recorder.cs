using Kaggle.Core.Learning;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Keeps the curves: for each epoch the mean loss, the validation score and the last learning rate; reports progress.</summary>
public sealed class Recorder(IProgress<FitProgress>? progress) : ICallback, IDisposable
{
    readonly List<double> losses = [], scores = [], rates = [];
    Tensor? sum;                                            // on the device: reading each loss would wait for it
    int count;
    double rate;
    Loop? loop;

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
        progress?.Report(new(end.Epoch / (double)loop!.Epochs, FormattableString.Invariant($"epoch {end.Epoch}/{loop.Epochs}, loss {loss:G4}{(end.Score is { } s ? $", {loop.Validation!.Name} {s:G5}" : "")}")));
        return AfterEpoch.Continue;
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Resume(IEnumerable<double> losses, IEnumerable<double> scores, IEnumerable<double> rates)
    {
        this.losses.AddRange(losses);
        this.scores.AddRange(scores);
        this.rates.AddRange(rates);
    }

    public void Dispose() => sum?.Dispose();
}
