using System.Collections.Immutable;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Checkpoints;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision;
using TorchSharp;

namespace Kaggle.Tests.Contracts;

/// <summary>Small pictures whose answers can be seen: how bright the left side is, and which third of the right side.</summary>
static class EasyPictures
{
    public const int Side = 8, Rows = 160;

    public static readonly IReadOnlyDictionary<string, Target> Targets = EasyRows.Targets.Where(t => t.Key is "regression" or "binary" or "multiclass").ToDictionary();

    /// <summary>Of this process, gone with it.</summary>
    static readonly Lazy<string> folder = new(Written);

    public static string Folder => folder.Value;

    /// <param name="seed">1 or 2: which pictures.</param>
    public static Dataset Of(Target target, int seed = 1) =>
        new([Column([.. Enumerable.Range(0, Rows).Select(i => $"{FileOf(seed)}#{i}")])], EasyRows.Answers(target, [.. Drawn(seed).Select(p => p.Value)]));

    /// <returns>The same rows, some of which have no picture.</returns>
    public static Dataset WithGaps(Dataset rows)
    {
        var column = (ImageColumn)rows["picture"];
        return rows.WithColumns([Column([.. column.Sources.ToArray().Select((source, i) => i % 3 == 0 ? null : source)])]);
    }

    public static ImageColumn Column(params string?[] sources) => new("picture", sources, new(Folder));

    /// <summary>A network with weights that it began with, as if they had been published.</summary>
    public static Pretrained Published { get; } = new()
    {
        Name = "beginning", Architecture = new ResNet9 { Width = 8 }, File = Path.Combine(Path.GetTempPath(), $"beginning-{Environment.ProcessId}.safetensors"), Classes = 3,
        Normalisation = Normalisation.PlusMinusOne, Size = Side,
    };

    static string FileOf(int seed) => seed == 1 ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte";

    static string Written()
    {
        var made = Directory.CreateTempSubdirectory("kaggle-pictures-").FullName;
        foreach (var seed in new[] { 1, 2 })
            File.WriteAllBytes(Path.Combine(made, FileOf(seed)), [0, 0, 8, 3, 0, 0, 0, Rows, 0, 0, 0, Side, 0, 0, 0, Side, .. Drawn(seed).SelectMany(p => p.Pixels)]);
        Libtorch.Load();
        using (var random = new Randomness(1, torch.CPU))
        using (var network = Published.Architecture.Build(3, Published.Classes, random, new(TrainingPrecision.Float32)))
            Safetensors.Write(Published.File, network.state_dict().Select(s => (s.Key, s.Value)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Directory.Delete(made, recursive: true);
            File.Delete(Published.File);
        };
        return made;
    }

    static ImmutableArray<(float Value, byte[] Pixels)> Drawn(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            var (size, third) = (random.NextSingle(), random.Next(3));
            byte Grey(int x, int y) => (byte)(random.Next(30) + (x < Side / 2 ? 200 * size : y * 3 / Side == third ? 200 : 0));
            return (3 * size + third, Enumerable.Range(0, Side * Side).Select(i => Grey(i % Side, i / Side)).ToArray());
        })];
    }
}
