using System.Diagnostics;
using System.Globalization;
using Kaggle.Deep.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Kaggle.Benchmarks.Training;

/// <summary>The network of Mlp as TorchSharp's users write it: its own modules, DataLoader and AdamW. In a process of its own, where libtorch works as it comes.</summary>
/// <remarks>It trains an epoch for each line it reads, says in a line what that took, and sleeps in between.</remarks>
sealed class PlainTorchSharp : IDisposable
{
    readonly Process process;

    public PlainTorchSharp(int rows, int columns, int batch)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["epoch-peer", .. new[] { rows, columns, batch }.Select(n => n.ToString(CultureInfo.InvariantCulture))])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment[Libtorch.PlainVariable] = "1";
        process = Process.Start(start)!;
    }

    public Stopclock.Took RunOne()
    {
        process.StandardInput.WriteLine();
        var said = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer's process ended.");
        double[] numbers = [.. said.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static int Serve(int rows, int columns, int batch)
    {
        Libtorch.Load();
        torch.set_num_threads(Environment.ProcessorCount);
        var x = randn(rows, columns);
        var y = (x.select(1, 0) + x.select(1, 1) * x.select(1, 2) > 0).to(float32).unsqueeze(1);
        var epoch = Stopclock.Timed(Epochs(x, y, columns, batch));
        while (Console.ReadLine() is not null)
        {
            var (seconds, work) = epoch();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {work}"));
        }
        return 0;
    }

    static Action Epochs(Tensor x, Tensor y, int columns, int batch)
    {
        var network = nn.Sequential(
            nn.BatchNorm1d(columns),
            nn.Linear(columns, 200, hasBias: false), nn.ReLU(), nn.BatchNorm1d(200),
            nn.Linear(200, 100, hasBias: false), nn.ReLU(), nn.BatchNorm1d(100),
            nn.Linear(100, 1));
        var optimizer = optim.AdamW(network.parameters(), 1e-3, weight_decay: 0.01);
        var loader = utils.data.DataLoader(utils.data.TensorDataset(x, y), batch, shuffle: true, device: CPU, num_worker: Environment.ProcessorCount - 1);
        return () =>
        {
            network.train();
            foreach (var rows in loader)
            {
                using var step = NewDisposeScope();
                optimizer.zero_grad();
                using var loss = nn.functional.binary_cross_entropy_with_logits(network.call(rows[0]), rows[1]);
                loss.backward();
                optimizer.step();
            }
        };
    }
}
