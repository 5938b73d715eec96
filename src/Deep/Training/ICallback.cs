using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

public enum AfterEpoch
{
    Continue,
    Stop,
}

/// <summary>Hears what a training does, and may end it. One object for one training.</summary>
public interface ICallback
{
    /// <summary>Before the first batch.</summary>
    void OnBegin(Loop loop) { }

    /// <summary>After each optimizer step.</summary>
    void OnStep(StepEnd step) { }

    /// <summary>The device's memory was short: batches are learned from in smaller parts from here on, which adds up to the same.</summary>
    /// <param name="atOnce">Rows in a part.</param>
    void OnHalved(int atOnce) { }

    /// <summary>After an epoch's last batch, before the validation rows are scored.</summary>
    void OnTrained() { }

    /// <returns>Whether to go on.</returns>
    AfterEpoch OnEpoch(EpochEnd end) => AfterEpoch.Continue;

    /// <summary>After the last epoch; not when the training failed or was cancelled.</summary>
    void OnEnd() { }
}

/// <param name="Step">1, 2, … over the whole training.</param>
/// <param name="Loss">A scalar of this step's scope: reading it waits for the device, and keeping it needs a copy.</param>
/// <param name="Rate">The learning rate used.</param>
/// <param name="Momentum">The momentum used; null: the optimizer's own.</param>
public readonly record struct StepEnd(int Step, Tensor Loss, double Rate, double? Momentum = null);

/// <param name="Epoch">1, 2, …</param>
/// <param name="Score">Of the validation rows; null without them.</param>
public readonly record struct EpochEnd(int Epoch, double? Score);
