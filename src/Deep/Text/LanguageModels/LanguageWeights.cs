using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>Published language models, whose words are others than a competition's.</summary>
static class LanguageWeights
{
    /// <summary>fastai's names: a language model's two parts are called 0 and 1, and weights that are dropped out are kept twice.</summary>
    static readonly NameMap fastai = new(@"^0\.encoder\.weight$",
        (@"^0\.encoder_dp\..*$", _ => "tied.embedding"), (@"^1\.decoder\.weight$", _ => "tied.decoder"), (@"^1\.decoder\.bias$", _ => "bias"),
        (@"^0\.rnns\.(\d+)\.module\.weight_hh_l0$", m => $"dropped.{m.Groups[1].Value}"), (@"^0\.rnns\.(\d+)\.weight_hh_l0_raw$", m => $"body.rnns.{m.Groups[1].Value}.weight_hh_l0"),
        (@"^0\.rnns\.(\d+)\.module\.", m => $"body.rnns.{m.Groups[1].Value}."), (@"^0\.", _ => "body."));

    /// <summary>Fills all layers; each word gets its published vector, one that was not published the mean of all.</summary>
    /// <param name="network">Filled; its words are <paramref name="words"/>.</param>
    /// <param name="body">Its AWD-LSTM.</param>
    /// <param name="folder">model.safetensors or model.pth, and words.txt.</param>
    /// <param name="words">The competition's.</param>
    /// <exception cref="InputException">A file is missing, or of other sizes.</exception>
    public static void Into(LanguageModelNetwork network, AwdLstm body, string folder, LanguageTokens words)
    {
        var file = new[] { "model.safetensors", "model.pth" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        var list = Path.Combine(folder, "words.txt");
        if (file is null || !File.Exists(list))
            throw new InputException($"{folder} holds no language model: model.safetensors or model.pth is needed, and words.txt, one word a line in the order of the weights.");
        using var stored = CheckpointFile.Read(file);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        fastai.Apply(stored);
        foreach (var tied in new[] { "tied.", "dropped." }) stored.RemoveAll(tied);
        var known = File.ReadAllLines(list).Select((word, number) => (word, number)).DistinctBy(w => w.word).ToDictionary(w => w.word, w => (long)w.number);
        if (!stored.Contains("body.encoder.weight") || stored["body.encoder.weight"].shape[0] < known.Count)
            throw new InputException($"{file} has vectors for {(stored.Contains("body.encoder.weight") ? stored["body.encoder.weight"].shape[0] : 0)} words, and words.txt beside it names {known.Count}.");
        foreach (var name in new[] { "body.encoder.weight", "bias" })
        {
            if (!stored.Contains(name)) continue;
            var (vectors, mean) = (stored[name], stored[name].to(ScalarType.Float32).mean([0], keepdim: true));
            stored.Put(name, cat([.. words.Words.Select(word => known.TryGetValue(word, out var number) ? vectors.narrow(0, number, 1).to(ScalarType.Float32) : mean)]));
        }
        if (!stored.Contains("bias")) stored.Put("bias", zeros(body.Words.shape[0]));
        stored.CopyInto(network);
    }
}
