using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>Writes all that a killed training needs to go on from its last epoch, bit for bit: weights, optimizer, chance, and what the other callbacks remember.</summary>
/// <remarks>Place it last: it writes what the other callbacks made of the epoch. One file, replaced whole.</remarks>
/// <param name="file">Where; its folder exists.</param>
/// <param name="identity">A training with another identity (settings, rows, seed) does not go on from the file.</param>
/// <param name="every">At most so often: short trainings write nothing.</param>
/// <param name="stage">Which stretch of a training in several this is; the file goes at the end of the last.</param>
/// <param name="stages">Of how many.</param>
public sealed class Checkpointing(string file, string identity, TimeSpan every, int stage = 0, int stages = 1) : ICallback
{
    readonly Stopwatch sinceLast = Stopwatch.StartNew();
    Loop? loop;

    public void OnBegin(Loop loop) => this.loop = loop;

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        if (sinceLast.Elapsed < every) return AfterEpoch.Continue;
        Write();
        sinceLast.Restart();
        return AfterEpoch.Continue;
    }

    public void OnEnd()
    {
        if (stage == stages - 1) File.Delete(file);
    }

    /// <returns>The stage in which the file's training was; 0 without a whole file of that identity.</returns>
    public static int StageIn(string file, string identity)
    {
        if (Stored(file) is not var (tensors, texts)) return 0;
        foreach (var tensor in tensors.Values) tensor.Dispose();
        return texts.GetValueOrDefault("identity") == identity ? Number(texts["stage"]) : 0;
    }

    /// <summary>Brings a training that has not begun to where the file's stood.</summary>
    /// <returns>Whether there was a whole file of this training and stage.</returns>
    public bool Resume(Loop loop)
    {
        if (Stored(file) is not var (tensors, texts)) return false;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        try
        {
            if (texts.GetValueOrDefault("identity") != identity || Number(texts["stage"]) != stage) return false;
            foreach (var (name, value) in Live(loop)) value.copy_(tensors[name]);
            loop.Random.Restore(tensors["random/host"], tensors["random/device"]);
            (loop.Epoch, loop.Step, loop.Stopped) = (Number(texts["epoch"]), Number(texts["step"]), bool.Parse(texts["stopped"]));
            foreach (var callback in loop.Callbacks.OfType<ICheckpointed>())
                callback.Restore(new(Under(tensors, callback.Key), Under(texts, callback.Key)), loop);
            return true;
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }

    void Write()
    {
        using var scope = NewDisposeScope();
        var (host, device) = loop!.Random.State();
        var memories = loop.Callbacks.OfType<ICheckpointed>().Select(c => (c.Key, Memory: c.Memory())).ToList();
        Dictionary<string, string> texts = new()
        {
            ["identity"] = identity,
            ["stage"] = stage.ToString(CultureInfo.InvariantCulture),
            ["epoch"] = loop.Epoch.ToString(CultureInfo.InvariantCulture),
            ["step"] = loop.Step.ToString(CultureInfo.InvariantCulture),
            ["stopped"] = loop.Stopped.ToString(),
        };
        foreach (var (key, memory) in memories)
            foreach (var (name, text) in memory.Texts) texts[$"{key}/{name}"] = text;
        Safetensors.Write(file,
            [.. Live(loop), .. memories.SelectMany(m => m.Memory.Tensors.Select(t => ($"{m.Key}/{t.Key}", t.Value))), ("random/host", host), ("random/device", device)], texts);
    }

    static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Texts)? Stored(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return (Safetensors.Read(file, out var texts), texts);
        }
        catch (InputException)
        {
            return null;                                                 // a file of another make: start over
        }
    }

    static Dictionary<string, T> Under<T>(IReadOnlyDictionary<string, T> all, string key) =>
        all.Where(a => a.Key.StartsWith(key + "/")).ToDictionary(a => a.Key[(key.Length + 1)..], a => a.Value);

    static IEnumerable<(string Name, Tensor Value)> Live(Loop loop) =>
        loop.Network.state_dict().Select(s => ($"network/{s.Key}", s.Value)).Concat(loop.Optimizer.State.Select(s => ($"optimizer/{s.Name}", s.Value)));

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
