using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training.Sources;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Pictures;

/// <summary>From JPEG files to augmented squares of 224: a first epoch, which decodes, and a second one from the cache; pictures/peers.py times Pillow and torchvision on the same files.</summary>
static class DecodingBenchmark
{
    const int Side = 224, Batch = 64, Rounds = 3;

    /// <param name="folder">Its pictures are read, with those in folders below.</param>
    /// <param name="python">An interpreter that has Pillow and torchvision; null: the peers are left out.</param>
    public static int Run(string folder, string? python)
    {
        Libtorch.Load();
        var threads = Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var tree = new FileTree(folder);
        var column = new ImageColumn("image", tree.Images.Select(n => (string?)n).ToArray(), new(folder, "benchmark"));
        for (var round = 0; round < Rounds; round++)
        {
            var cache = Directory.CreateTempSubdirectory("pictures-").FullName;
            try
            {
                Say("first epoch: decoded, resized, cached", column.Rows, () => Decode(column, cache, threads));
                Say("second epoch: read from the cache", column.Rows, () => Epoch(column, cache, threads, null));
                Say("augmentation alone, over the cache", column.Rows, () => Epoch(column, cache, threads, PictureAugmentation.Photos));
            }
            finally
            {
                Directory.Delete(cache, recursive: true);
            }
            cache = Directory.CreateTempSubdirectory("pictures-").FullName;
            Say("decoded, resized and augmented, as the peers", column.Rows, () => Epoch(column, cache, threads, PictureAugmentation.Photos));
            Directory.Delete(cache, recursive: true);
            if (python is not null)
            {
                using var peers = Process.Start(new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "pictures", "peers.py"), folder, $"{threads}"]))!;
                peers.WaitForExit();
            }
        }
        return 0;
    }

    static void Decode(ImageColumn column, string cache, int threads) => DecodedImages.Of(column, new() { Side = Side }, cache, threads).Dispose();

    static void Epoch(ImageColumn column, string cache, int threads, PictureAugmentation? augmentation)
    {
        using var images = DecodedImages.Of(column, new() { Side = Side }, cache, threads);
        using var random = new Randomness(1, CPU);
        for (var at = 0; at < column.Rows; at += Batch)
        {
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var rows = Math.Min(Batch, column.Rows - at);
            var first = at;
            var bytes = empty([rows, Side, Side, 3], ScalarType.Byte);
            Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => images.CopyTo(first + i, bytes.bytes.Slice(i * images.Form.Bytes, images.Form.Bytes)));
            if (augmentation is null) continue;
            var batch = new TrainingBatch([bytes.permute(0, 3, 1, 2).to(float32).div_(255)], zeros(rows));
            batch = new Resampling(augmentation).Apply(batch, random);
            batch = new Relighting(augmentation).Apply(batch, random);
        }
    }

    static void Say(string what, int pictures, Action work)
    {
        GC.Collect();
        var (watch, worked) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-48} {pictures / watch.Elapsed.TotalSeconds,8:0} images/s ({watch.Elapsed.TotalSeconds:0.000} s, of the processors {(Environment.CpuUsage.TotalTime - worked).TotalSeconds:0.000} s)"));
    }
}
