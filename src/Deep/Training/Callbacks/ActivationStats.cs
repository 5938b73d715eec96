using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kaggle.Core.Learning;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training.Callbacks;

/// <summary>What comes out of each layer while training, by epoch: a layer whose outputs are all near zero, or run away, does not learn.</summary>
/// <remarks>fastai's ActivationStats: mean, standard deviation, share of values within ±0.05. Layers that contain others are left out.</remarks>
public sealed class ActivationStats : ICheckpointed, IDisposable
{
    const double NearZero = 0.05;

    static readonly JsonSerializerOptions exact = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    readonly List<ActivationRecord> records = [];
    readonly Dictionary<string, (Tensor Sum, int Count)> sums = [];
    readonly List<Action> unhook = [];

    public string Key => "activations";

    public IReadOnlyList<ActivationRecord> Records => records;

    /// <summary>"activation mean of layers.0" and so on, one value for each epoch.</summary>
    public IReadOnlyList<Curve> Curves =>
    [
        .. from part in new (string Name, Func<ActivationRecord, double> Of)[] { ("mean", r => r.Mean), ("deviation", r => r.Deviation), ("near zero", r => r.NearZero) }
           from layer in records.GroupBy(r => r.Layer)
           select new Curve($"activation {part.Name} of {layer.Key}", [.. layer.Select(part.Of)]),
    ];

    public void OnBegin(Loop loop)
    {
        foreach (var (name, module) in loop.Network.named_modules())
            if (module is nn.Module<Tensor, Tensor> layer && !layer.children().Any())
                unhook.Add(layer.register_forward_hook((self, _, output) =>
                {
                    if (self.training && output.is_floating_point()) Add(name, output);
                    return output;
                }).remove);
    }

    public AfterEpoch OnEpoch(EpochEnd end)
    {
        foreach (var (layer, (sum, count)) in sums.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            using (sum)
            {
                var values = sum.cpu().data<double>().ToArray();
                records.Add(new(end.Epoch, layer, values[0] / count, values[1] / count, values[2] / count));
            }
        }
        sums.Clear();
        return AfterEpoch.Continue;
    }

    public void Write(string file) => File.WriteAllLines(file,
        [
            "epoch,layer,mean,deviation,near_zero",
            .. records.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Epoch},{r.Layer},{r.Mean:R},{r.Deviation:R},{r.NearZero:R}")),
        ]);

    public CallbackMemory Memory() => new(CallbackMemory.NoTensors, new Dictionary<string, string> { ["records"] = JsonSerializer.Serialize(records, exact) });

    public void Restore(CallbackMemory memory, Loop loop) => records.AddRange(JsonSerializer.Deserialize<ActivationRecord[]>(memory.Texts["records"], exact)!);

    public void Dispose()
    {
        foreach (var remove in unhook) remove();
        foreach (var (sum, _) in sums.Values) sum.Dispose();
    }

    void Add(string layer, Tensor output)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var values = output.detach().to(float32);
        var now = stack([values.mean(), values.std(unbiased: false), (values.abs() < NearZero).to(float32).mean()]).to(float64);
        var (sum, count) = sums.GetValueOrDefault(layer);
        if (sum is null) sums[layer] = (now.DetachFromDisposeScope(), 1);
        else
        {
            sum.add_(now);
            sums[layer] = (sum, count + 1);
        }
    }
}

/// <param name="Layer">Its name in the network.</param>
/// <param name="Mean">Over the batches of the epoch.</param>
/// <param name="Deviation">Likewise.</param>
/// <param name="NearZero">The share of values within ±0.05, likewise.</param>
public sealed record ActivationRecord(int Epoch, string Layer, double Mean, double Deviation, double NearZero);
