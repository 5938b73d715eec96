using Kaggle.Core.Data;
using static TorchSharp.torch;

namespace Kaggle.Deep.Checkpoints;

/// <summary>Weights between a file and a network, by name.</summary>
public static class NetworkWeights
{
    /// <exception cref="InputException">Names or shapes differ: both sides are listed.</exception>
    public static void Into(nn.Module network, string file)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var stored = Safetensors.Read(file);
        try
        {
            var own = network.state_dict();
            var missing = own.Keys.Except(stored.Keys).ToArray();
            var strange = stored.Keys.Except(own.Keys).ToArray();
            var different = own.Where(o => stored.TryGetValue(o.Key, out var s) && !s.shape.SequenceEqual(o.Value.shape))
                .Select(o => $"{o.Key} ({string.Join("×", stored[o.Key].shape)} in the file, {string.Join("×", o.Value.shape)} in the network)").ToArray();
            if (missing.Length + strange.Length + different.Length > 0)
                throw new InputException($"{file} does not fit the network." + List(" Not in the file: ", missing) + List(" Not in the network: ", strange) + List(" Of another shape: ", different));
            foreach (var (name, value) in own) value.copy_(stored[name]);
        }
        finally
        {
            foreach (var tensor in stored.Values) tensor.Dispose();
        }
    }

    static string List(string title, string[] names) =>
        names.Length == 0 ? "" : title + string.Join(", ", names.Take(8)) + (names.Length > 8 ? $" and {names.Length - 8} more." : ".");
}
