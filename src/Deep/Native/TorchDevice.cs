using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using TorchSharp;

namespace Kaggle.Deep.Native;

/// <summary>Where and with how many threads a training or a prediction runs.</summary>
public static class TorchDevice
{
    /// <summary>Loads libtorch, sets this thread's share of the cores, and names the device.</summary>
    /// <remarks>libtorch's thread count belongs to the calling thread (OpenMP) and, for some matrix products, to the process: trainings side by side should use equal counts, as a run's units do.</remarks>
    /// <exception cref="InputException">CUDA is asked for and not there, or libtorch is missing.</exception>
    public static torch.Device Of(FitContext context) => Of(context.Device, context.Threads);

    /// <inheritdoc cref="Of(FitContext)"/>
    public static torch.Device Of(Core.Learning.Device device, int threads)
    {
        Libtorch.Load();
        UseThreads(threads);
        if (device == Core.Learning.Device.Cpu) return torch.CPU;
        if (!Libtorch.HasCuda)
            throw new InputException($"CUDA is asked for, but libtorch in {Libtorch.Folder} sees no CUDA device. Build with -p:Torch=cuda, or set {Libtorch.Variable} to the torch/lib folder of a CUDA build; or leave the device out to use the processor.");
        return torch.CUDA;
    }

    /// <summary>Lets a CUDA device round float32 matrix products to TF32, or not: libtorch's switch belongs to the process, so trainings side by side should agree.</summary>
    public static void UseTensorFloat32(bool allowed)
    {
        if (torch.backends.cuda.matmul.allow_tf32 != allowed) torch.backends.cuda.matmul.allow_tf32 = allowed;
    }

    public static void UseThreads(int threads)
    {
        if (torch.get_num_threads() != Math.Max(1, threads)) torch.set_num_threads(Math.Max(1, threads));
    }
}
