using Kaggle.Core.Data;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Ends a training whose loss is no longer a number, with a sentence that names step, rate and layer.</summary>
/// <remarks>Where the optimizer skips steps that are not finite, it ends a training that skips many in a row.</remarks>
public sealed class StopOnNonFinite : ICallback
{
    const int MostSkipped = 50;                                          // a float16 scale of 65536 has come down to nothing after 17

    Loop? loop;

    public void OnBegin(Loop loop) => this.loop = loop;

    public void OnStep(StepEnd step)
    {
        if (loop!.Optimizer.Scale is { } scale)
        {
            if (scale.SkippedInARow < MostSkipped) return;
            throw new InputException(FormattableString.Invariant($"{MostSkipped} steps in a row had to be skipped, up to step {step.Step} of {loop.Steps} at learning rate {step.Rate:G3}: their gradients were not finite. Lower the learning rate, or train in float32."));
        }
        // On a GPU each look would wait for the device; every 50th step is soon enough to stop.
        if (step.Loss.device.type != TorchSharp.DeviceType.CPU && step.Step % 50 != 0) return;
        var loss = step.Loss.item<float>();
        if (float.IsFinite(loss)) return;
        var layer = loop.Network.named_parameters().FirstOrDefault(p => !p.parameter.isfinite().all().item<bool>()).name;
        throw new InputException(FormattableString.Invariant(
            $"The loss became {loss} at step {step.Step} of {loop.Steps}, at learning rate {step.Rate:G3}{(layer is null ? "" : $"; the first layer that is no longer finite is '{layer}'")}. Lower the learning rate, or clip the gradients."));
    }
}
