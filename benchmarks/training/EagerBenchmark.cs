using System.Diagnostics;
using System.Globalization;
using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Tabular;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>An epoch of the networks of Mlp and TabM beside the same networks, batches and optimizer in eager PyTorch, on a GPU or the processor.</summary>
static class EagerBenchmark
{
    const int Columns = 30, Epochs = 5;

    /// <param name="python">An interpreter that has torch.</param>
    /// <param name="device">cuda or cpu.</param>
    public static int Run(string python, string device)
    {
        Libtorch.Load();
        if (device == "cuda" && !Libtorch.HasCuda) throw new InputException($"libtorch in {Libtorch.Folder} sees no CUDA device; say cpu instead of cuda.");
        torch.set_num_threads(Environment.ProcessorCount);
        var on = device == "cuda" ? CUDA : CPU;
        foreach (var (precision, peer) in new[] { (TrainingPrecision.Float32, "float32"), (TrainingPrecision.TensorFloat32, "tf32"), (TrainingPrecision.BFloat16, "bfloat16") })
        {
            if (device == "cpu" && precision == TrainingPrecision.TensorFloat32) continue;
            if (device == "cuda") TorchDevice.UseTensorFloat32(precision == TrainingPrecision.TensorFloat32);
            using var scope = NewDisposeScope();
            var own = new[]
            {
                ("Mlp", Median(200_000, 1024, on, (random, compute) => new MlpNetwork(Columns, Columns, [], new() { Hidden = [200, 100] }, 1, random, compute), precision)),
                ("TabM", Median(20_480, 256, on, (random, compute) => new TabMNetwork(Columns, Columns, [], new() { Members = 32, Hidden = [256, 256], Dropout = 0.1, Bins = 48, EmbeddingWidth = 16, Variant = "mini" }, 1, random, compute), precision)),
            };
            var theirs = Peer(python, device, peer);
            foreach (var (name, seconds) in own)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-5} {peer,-9} on {device}: {seconds:0.0000} s an epoch, eager PyTorch {theirs[name]:0.0000} s, {theirs[name] / seconds:0.00} to 1"));
        }
        return 0;
    }

    static double Median(int rows, int batch, torch.Device device, Func<Randomness, MatrixPrecision, Network> build, TrainingPrecision precision)
    {
        using var random = new Randomness(1, device);
        var table = DrawnTable.Of(rows, Columns, random, device);
        var network = build(random, new MatrixPrecision(precision));
        network.to(device);
        using (no_grad()) network.Prepare(table.Inputs, random);
        using var epochs = new OwnEpochs(network, table, batch, random);
        epochs.RunOne();                                                      // the first makes what the others reuse
        var times = new List<double>();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var watch = Stopwatch.StartNew();
            epochs.RunOne();
            times.Add(watch.Elapsed.TotalSeconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }

    static Dictionary<string, double> Peer(string python, string device, string precision)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "training", "eager.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script, device, precision, $"{Epochs}"]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InputException($"{python} {script} ended with {process.ExitCode}; it needs PyTorch.");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(w => w[0], w => double.Parse(w[1], CultureInfo.InvariantCulture));
    }
}
