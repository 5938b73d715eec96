using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Writes all that a killed training needs to go on from its last epoch, bit for bit: weights, optimizer, chance, curves, the best epoch so far.</summary>
/// <remarks>Place it last: it writes what the other callbacks made of the epoch. One file, replaced whole.</remarks>
/// <param name="file">Where; its folder exists.</param>
/// <param name="identity">A training with another identity (settings, rows, seed) does not go on from the file.</param>
/// <param name="every">At most so often: short trainings write nothing.</param>
/// <param name="best">Keeps the best epoch.</param>
/// <param name="recorder">Keeps the curves.</param>
public sealed class Checkpointing(string file, string identity, TimeSpan every, KeepBest best, Recorder recorder) : ICallback
{
    readonly Stopwatch sinceLast = Stopwatch.StartNew();
    Loop? loop;

    public void OnBegin(Loop loop) => this.loop = loop;

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (sinceLast.Elapsed < every) return AfterEpoch.Continue;
        Write(end.Epoch);
        sinceLast.Restart();
        return AfterEpoch.Continue;
    }

    public void OnEnd() => File.Delete(file);

    /// <summary>Brings a training that has not begun to where the file's stood.</summary>
    /// <returns>Whether there was a whole file of this training.</returns>
    public bool Resume(Loop loop)
    {
        if (!File.Exists(file)) return false;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        IReadOnlyDictionary<string, Tensor> stored;
        IReadOnlyDictionary<string, string> texts;
        try
        {
            stored = Safetensors.Read(file, out texts);
        }
        catch (InputException)
        {
            return false;                                                // a file of another make: start over
        }
        try
        {
            if (texts.GetValueOrDefault("identity") != identity) return false;
            foreach (var (name, value) in Live(loop)) value.copy_(stored[name]);
            loop.Random.Restore(stored["random/host"], stored["random/device"]);
            (loop.Epoch, loop.Step) = (int.Parse(texts["epoch"], CultureInfo.InvariantCulture), int.Parse(texts["step"], CultureInfo.InvariantCulture));
            var kept = stored.Where(s => s.Key.StartsWith("best/")).Select(s => (s.Key[5..], s.Value.to(loop.Train.Device).clone().DetachFromDisposeScope())).ToList();
            best.Resume(int.Parse(texts["best"], CultureInfo.InvariantCulture), double.Parse(texts["score"], CultureInfo.InvariantCulture), kept);
            recorder.Resume(Numbers(texts["losses"]), Numbers(texts["scores"]), Numbers(texts["rates"]));
            return true;
        }
        finally
        {
            foreach (var tensor in stored.Values) tensor.Dispose();
        }
    }

    void Write(int epoch)
    {
        using var scope = NewDisposeScope();
        var (host, device) = loop!.Random.State();
        Safetensors.Write(file, [.. Live(loop), .. best.Best.Select(b => ($"best/{b.Name}", b.Value)), ("random/host", host), ("random/device", device)], new Dictionary<string, string>
        {
            ["identity"] = identity,
            ["epoch"] = (best.IsOver(epoch) ? loop.Epochs : epoch).ToString(CultureInfo.InvariantCulture),
            ["step"] = loop.Step.ToString(CultureInfo.InvariantCulture),
            ["best"] = best.BestEpoch.ToString(CultureInfo.InvariantCulture),
            ["score"] = best.BestScore.ToString("R", CultureInfo.InvariantCulture),
            ["losses"] = JsonSerializer.Serialize(recorder.Losses.Select(Text)),
            ["scores"] = JsonSerializer.Serialize(recorder.Scores.Select(Text)),
            ["rates"] = JsonSerializer.Serialize(recorder.Rates.Select(Text)),
        });
    }

    static IEnumerable<(string Name, Tensor Value)> Live(Loop loop) =>
        loop.Network.state_dict().Select(s => ($"network/{s.Key}", s.Value)).Concat(loop.Optimizer.State.Select(s => ($"optimizer/{s.Name}", s.Value)));

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static IEnumerable<double> Numbers(string json) => JsonSerializer.Deserialize<string[]>(json)!.Select(t => double.Parse(t, CultureInfo.InvariantCulture));
}
