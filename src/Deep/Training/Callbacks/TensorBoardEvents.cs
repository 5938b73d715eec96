using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Writes a recorder's epochs as TensorBoard events while the training runs: <c>tensorboard --logdir</c> over the folder shows them.</summary>
/// <remarks>Place it after the recorder. A training that goes on from a checkpoint writes its earlier epochs again, into a file of its own.</remarks>
/// <param name="folder">Made when it does not exist.</param>
/// <param name="recorder">Whose epochs.</param>
/// <param name="activations">Written too; null: there are none.</param>
public sealed class TensorBoardEvents(string folder, Recorder recorder, ActivationStats? activations = null) : ICallback
{
    int written;
    SummaryWriter? writer;

    public void OnBegin(Loop loop) => writer ??= utils.tensorboard.SummaryWriter(folder);

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        for (; written < recorder.Records.Count; written++)
        {
            var r = recorder.Records[written];
            foreach (var (tag, value) in new (string, double?)[]
            {
                ("train/loss", r.Loss), ("validation/score", r.Score), ("train/learning_rate", r.Rate), ("train/momentum", r.Momentum), ("train/gradient_norm", r.GradientNorm),
                ("machine/seconds", r.Seconds), ("machine/rows_per_second", r.RowsPerSecond), ("machine/memory_mb", r.MemoryMb),
            })
                if (value is { } x) writer!.add_scalar(tag, (float)x, written + 1);
        }
        foreach (var a in activations?.Records.Where(a => a.Epoch == end.Epoch) ?? [])
        {
            writer!.add_scalar($"activation_mean/{a.Layer}", (float)a.Mean, end.Epoch);
            writer.add_scalar($"activation_deviation/{a.Layer}", (float)a.Deviation, end.Epoch);
            writer.add_scalar($"activation_near_zero/{a.Layer}", (float)a.NearZero, end.Epoch);
        }
        return AfterEpoch.Continue;
    }
}
