using static TorchSharp.torch;

namespace Kaggle.Deep.Layers;

/// <summary>All the chance in one training: initial weights, shuffling, dropout. Never libtorch's global generator, which trainings side by side would share.</summary>
public sealed class Randomness : IDisposable
{
    public Randomness(int seed, Device device)
    {
        Host = new Generator(Mix((ulong)(uint)seed), CPU);
        Device = device.type == TorchSharp.DeviceType.CPU ? Host : new Generator(Mix((ulong)(uint)seed), device);
    }

    /// <summary>For initial weights and row orders: the same draws on every device.</summary>
    public Generator Host { get; }

    /// <summary>For dropout and noise, drawn where they are used.</summary>
    public Generator Device { get; }

    /// <returns>Copies of the generators' states, to be given back to <see cref="Restore"/>.</returns>
    public (Tensor Host, Tensor Device) State() => (Host.get_state(), Device.get_state());

    public void Restore(Tensor host, Tensor device)
    {
        Host.set_state(host);
        if (!ReferenceEquals(Host, Device)) Device.set_state(device);
    }

    public void Dispose()
    {
        if (!ReferenceEquals(Host, Device)) Device.Dispose();
        Host.Dispose();
    }

    // SplitMix64: neighbouring seeds give unrelated streams.
    static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
