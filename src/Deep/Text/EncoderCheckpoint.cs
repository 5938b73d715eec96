using System.Security.Cryptography;
using System.Text;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>A published encoder's folder: config.json, its weights, and the tokenizer's files.</summary>
public static class EncoderCheckpoint
{
    static readonly string[] WeightNames = ["model.safetensors", "pytorch_model.bin"];

    /// <summary>DistilBERT's names for BERT's layers.</summary>
    static readonly NameMap Distilled = new(@"transformer\.layer\.",
        (@"transformer\.layer\.", _ => "encoder.layer."),
        (@"attention\.q_lin", _ => "attention.self.query"), (@"attention\.k_lin", _ => "attention.self.key"), (@"attention\.v_lin", _ => "attention.self.value"),
        (@"attention\.out_lin", _ => "attention.output.dense"), ("sa_layer_norm", _ => "attention.output.LayerNorm"),
        (@"ffn\.lin1", _ => "intermediate.dense"), (@"ffn\.lin2", _ => "output.dense"), ("output_layer_norm", _ => "output.LayerNorm"));

    /// <summary>The network that a config describes, its weights still drawn.</summary>
    /// <exception cref="InputException">The model's type is not known here.</exception>
    public static TextEncoderNetwork Build(EncoderConfig config, Randomness random, MatrixPrecision compute) => config.ModelType switch
    {
        "bert" or "roberta" or "xlm-roberta" or "electra" or "distilbert" => new Bert(config, random, compute),
        "deberta-v2" => new Deberta(config, random, compute),
        _ => throw new InputException($"There is no encoder for model_type '{config.ModelType}'; there are bert, roberta, xlm-roberta, electra, distilbert, deberta-v2."),
    };

    /// <returns>The file of weights in a published folder.</returns>
    /// <exception cref="InputException">There is none.</exception>
    public static string WeightsIn(string folder) => WeightNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new InputException($"{folder} holds no weights: {string.Join(" or ", WeightNames)} is needed beside config.json.");

    /// <summary>Names the code: what is kept never outlives what made it.</summary>
    internal static string Code => $"{typeof(EncoderCheckpoint).Module.ModuleVersionId}";

    /// <returns>A hash over all files of a published folder.</returns>
    public static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var known = RememberedHashes.OfUser();
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(Convert.FromHexString(known.Of(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Loads weights by name. A head that was trained for another task, and tensors that hold no weights (position_ids), are passed over.</summary>
    /// <param name="network">Filled.</param>
    /// <param name="file">As published: safetensors, or PyTorch's own format.</param>
    /// <param name="freshLayers">So many of the top layers keep the weights that were drawn.</param>
    /// <exception cref="InputException">Weights are missing or of another shape.</exception>
    public static void Into(TextEncoderNetwork network, string file, int freshLayers = 0)
    {
        using var stored = CheckpointFile.Read(file);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        stored.Rename(name => OwnName(name, network.Prefix));
        Distilled.Apply(stored);
        var own = network.state_dict();
        string[] missing = [.. own.Keys.Where(name => !stored.Contains(name))];
        if (missing.Length > 0)
            throw new InputException($"{file} lacks {missing.Length} of the {own.Count} weights of {network.Config.ModelType}: {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? " …" : "")}. Does config.json belong to it?");
        string[] fresh = [.. network.LayerPrefixes.Skip(1).TakeLast(freshLayers).SelectMany(part => part)];
        foreach (var (name, value) in own.Where(o => !fresh.Any(prefix => o.Key.StartsWith(prefix, StringComparison.Ordinal))))
            if (!stored[name].shape.SequenceEqual(value.shape))
                throw new InputException($"{file}: {name} is {string.Join("×", stored[name].shape)}, and config.json says {string.Join("×", value.shape)}.");
            else value.copy_(stored[name].to(value.dtype));
    }

    /// <returns>The name without the model's prefix; old files say gamma and beta for a norm's weight and bias.</returns>
    static string OwnName(string name, string prefix)
    {
        if (name.StartsWith(prefix + ".", StringComparison.Ordinal)) name = name[(prefix.Length + 1)..];
        return name.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal).Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }
}
