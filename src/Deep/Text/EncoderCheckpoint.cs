using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A published encoder's folder: config.json, model.safetensors, and the tokenizer's files.</summary>
public static class EncoderCheckpoint
{
    /// <summary>The network that a config describes, its weights still drawn.</summary>
    /// <exception cref="InputException">The model's type is not known here.</exception>
    public static TextEncoderNetwork Build(EncoderConfig config, Randomness random, MatrixPrecision compute) => config.ModelType switch
    {
        "bert" or "roberta" or "xlm-roberta" or "electra" => new Bert(config, random, compute),
        "distilbert" => new DistilBert(config, random, compute),
        _ => throw new InputException($"There is no encoder for model_type '{config.ModelType}'; there are bert, roberta, xlm-roberta, electra, distilbert."),
    };

    /// <summary>Loads weights by name. A head that was trained for another task, and tensors that hold no weights (position_ids), are passed over.</summary>
    /// <param name="network">Filled.</param>
    /// <param name="file">As published.</param>
    /// <param name="freshLayers">So many of the top layers keep the weights that were drawn.</param>
    /// <exception cref="InputException">Weights are missing or of another shape.</exception>
    public static void Into(TextEncoderNetwork network, string file, int freshLayers = 0)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var stored = Safetensors.Read(file);
        try
        {
            var byName = stored.ToDictionary(s => OwnName(s.Key, network.Prefix), s => s.Value);
            var own = network.state_dict();
            string[] missing = [.. own.Keys.Where(name => !byName.ContainsKey(name))];
            if (missing.Length > 0)
                throw new InputException($"{file} lacks {missing.Length} of the {own.Count} weights of {network.Config.ModelType}: {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? " …" : "")}. Does config.json belong to it?");
            string[] fresh = [.. network.LayerPrefixes.Skip(1).TakeLast(freshLayers)];
            foreach (var (name, value) in own.Where(o => !fresh.Any(prefix => o.Key.StartsWith(prefix, StringComparison.Ordinal))))
                if (!byName[name].shape.SequenceEqual(value.shape))
                    throw new InputException($"{file}: {name} is {string.Join("×", byName[name].shape)}, and config.json says {string.Join("×", value.shape)}.");
                else value.copy_(byName[name].to(value.dtype));
        }
        finally
        {
            foreach (var tensor in stored.Values) tensor.Dispose();
        }
    }

    /// <returns>The name without the model's prefix; old files say gamma and beta for a norm's weight and bias.</returns>
    static string OwnName(string name, string prefix)
    {
        if (name.StartsWith(prefix + ".", StringComparison.Ordinal)) name = name[(prefix.Length + 1)..];
        return name.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal).Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }
}
