using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Texts;

/// <summary>Fine-tuning an encoder of BERT-base's size, weights drawn, beside the loop that one writes first: float32, every row padded to the longest that may come.</summary>
/// <remarks>Useful arithmetic: six times the layers' weights a token that is no padding, and twelve times layers · width · length for attention; all else counts as nothing.</remarks>
static class FineTuningBenchmark
{
    const int Width = 768, Layers = 12, Between = 3072, Most = 128, Batch = 16;

    public static int Run(int rows)
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        var folder = Directory.CreateTempSubdirectory("encoder-").FullName;
        try
        {
            Publish(folder);
            foreach (var (name, least) in new[] { ("texts of 128 tokens", Most), ("texts of 8 to 128 tokens", 8) })
            {
                var texts = Texts(rows, least);
                var tokenizer = EncoderTokenizer.Read(folder);
                var lengths = ((TextColumn)texts["text"]).Texts.ToArray().Select(text => tokenizer.Encode(text, null, Most).Ids.Length).ToArray();
                var (peak, plainPeak) = (Peak(ScalarType.BFloat16), Peak(float32));
                var ours = Timed(() => new FineTunedEncoder(folder) { Epochs = 1, BatchSize = Batch, MostTokens = Most }.Fit(texts, null, new() { Threads = Environment.ProcessorCount }).Dispose());
                var plain = Timed(() => PlainLoop(folder, texts, tokenizer));
                Say($"{name}: this project, bfloat16, all of Fit", lengths, ours, Math.Max(peak, Peak(ScalarType.BFloat16)));
                Say($"{name}: plain loop, float32, padded to {Most}", lengths, plain, Math.Max(plainPeak, Peak(float32)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {plain.Seconds / ours.Seconds:0.00} times by the clock, {plain.Work / ours.Work:0.00} by processor seconds"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    /// <summary>The peak of one process that fine-tunes on texts of 128 tokens, its activations kept or computed again: a process each, since a peak never falls.</summary>
    public static int Memory(int rows, bool recomputed)
    {
        Libtorch.Load();
        var folder = Directory.CreateTempSubdirectory("encoder-").FullName;
        try
        {
            Publish(folder);
            var texts = Texts(rows, Most);
            var learner = new FineTunedEncoder(folder) { Epochs = 1, BatchSize = Batch, MostTokens = Most, GradientCheckpointing = recomputed };
            var took = Timed(() => learner.Fit(texts, null, new() { Threads = Environment.ProcessorCount }).Dispose());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"activations {(recomputed ? "recomputed" : "kept")}: {took.Seconds:0.0} s, {took.Work:0.0} CPU s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    static void Say(string who, int[] lengths, (double Seconds, double Work) took, double peak)
    {
        var work = lengths.Sum(length => (double)length * (6.0 * Layers * (4.0 * Width * Width + 2.0 * Width * Between) + 12.0 * Layers * Width * length));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{who,-62} {took.Seconds,6:0.0} s, {took.Work,6:0.0} CPU s, {lengths.Sum() / took.Seconds,6:0} tokens/s, {work / took.Seconds / 1e9,5:0} GFLOP/s = {100 * work / took.Seconds / peak:0} % of a 2048³ product's {peak / 1e9:0}"));
    }

    static (double Seconds, double Work) Timed(Action action)
    {
        var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        action();
        return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - worked).TotalSeconds);
    }

    static double Peak(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (randn(2048, 2048).to(type), randn(2048, 2048).to(type));
        return 2 * Math.Pow(2048, 3) / Enumerable.Range(0, 5).Min(_ => Timed(() => { using (a.mm(b)) { } }).Seconds);
    }

    static void PlainLoop(string folder, Dataset texts, EncoderTokenizer tokenizer)
    {
        using var all = NewDisposeScope();
        using var random = new Randomness(0, CPU);
        var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(folder, "config.json")), random, new(TrainingPrecision.Float32));
        EncoderCheckpoint.Into(body, Path.Combine(folder, "model.safetensors"));
        using var head = nn.Linear(Width, 1);
        using var optimizer = optim.AdamW(body.parameters().Concat(head.parameters()), lr: 5e-5);
        var encoded = ((TextColumn)texts["text"]).Texts.ToArray().Select(text => tokenizer.Encode(text, null, Most).Ids).ToArray();
        body.train();
        for (var start = 0; start < encoded.Length; start += Batch)
        {
            using var step = NewDisposeScope();
            var ids = encoded.Skip(start).Take(Batch).ToArray();
            var tokens = tensor(ids.SelectMany(row => row.Concat(Enumerable.Repeat(0, Most - row.Length)).Select(id => (long)id)).ToArray(), [ids.Length, Most]);
            var mask = tokens.ne(0);
            var pooled = (body.call(tokens, zeros_like(tokens), mask) * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim: true);
            var truth = tensor(texts.Answers.Truth.Values.Span.Slice(start, ids.Length).ToArray());
            optimizer.zero_grad();
            nn.functional.binary_cross_entropy_with_logits(head.call(pooled).squeeze(1), truth).backward();
            optimizer.step();
        }
    }

    static Dataset Texts(int rows, int least)
    {
        var draws = new Draws(5);
        var (texts, labels) = (new string?[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            texts[row] = string.Join(' ', Enumerable.Range(0, draws.Whole(least, Most) - 2).Select(_ => $"w{draws.Whole(0, 999)}"));
            labels[row] = draws.Chance(0.5) ? 1 : 0;
        }
        return new([new TextColumn("text", texts)], new(Target.Binary("y"), new(labels, 1), ["no", "yes"]));
    }

    static void Publish(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), """{ "model_type": "bert", "vocab_size": 30522 }""");
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, 1000).Select(i => $"w{i}"), .. Enumerable.Range(0, 29_517).Select(i => $"[unused{i}]")]);
        using var scope = NewDisposeScope();
        using var random = new Randomness(1, CPU);
        var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(folder, "config.json")), random, new(TrainingPrecision.Float32));
        Safetensors.Write(Path.Combine(folder, "model.safetensors"), body.state_dict().Select(s => (s.Key, s.Value)));
    }
}
