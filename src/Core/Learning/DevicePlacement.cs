using Kaggle.Core.Data;

namespace Kaggle.Core.Learning;

/// <summary>Seats units of work on devices: several side by side on one as long as its memory holds them all.</summary>
/// <remarks>
/// First come, first seated, so that a large unit is not passed by for ever. A unit goes to the device with the most memory left; one whose need is not known,
/// or is more than any device has, gets a whole device, for it may halve its batch until it fits.
/// </remarks>
public sealed class DevicePlacement
{
    readonly Lock gate = new();
    readonly long[] whole, left;
    readonly int[] seated;
    readonly LinkedList<object> queue = [];

    /// <param name="memory">Bytes of each device, by its number.</param>
    /// <exception cref="InputException">There are no devices, or one has no memory.</exception>
    public DevicePlacement(IReadOnlyList<long> memory)
    {
        if (memory.Count == 0 || memory.Any(bytes => bytes <= 0)) throw new InputException("Units need at least one device, and each device some memory.");
        (whole, left, seated) = ([.. memory], [.. memory], new int[memory.Count]);
    }

    /// <summary>Waits for a place. One call for each unit; dispose the seat when the unit is done.</summary>
    /// <param name="bytes">What the unit will need at most; null: not known.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DeviceSeat Take(long? bytes, CancellationToken cancel)
    {
        var ticket = new object();
        lock (gate) queue.AddLast(ticket);
        try
        {
            while (true)
            {
                lock (gate)
                    if (queue.First!.Value == ticket && Find(bytes) is { } seat) return seat;
                if (cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20))) cancel.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            lock (gate) queue.Remove(ticket);
        }
    }

    /// <returns>A place that is free now; null: none is, or others wait for one.</returns>
    public DeviceSeat? TryTake(long? bytes)
    {
        lock (gate) return queue.Count > 0 ? null : Find(bytes);
    }

    DeviceSeat? Find(long? bytes)
    {
        var alone = bytes is not { } need || need > whole.Max();
        var fitting = Enumerable.Range(0, whole.Length).Where(d => alone ? seated[d] == 0 : left[d] >= bytes);
        if (!fitting.Any()) return null;
        var device = fitting.MaxBy(d => left[d]);
        var taken = alone ? left[device] : bytes!.Value;
        left[device] -= taken;
        seated[device]++;
        return new(device, () =>
        {
            lock (gate)
            {
                left[device] += taken;
                seated[device]--;
            }
        });
    }
}

/// <summary>A unit's place on a device.</summary>
public sealed class DeviceSeat : IDisposable
{
    Action? leave;

    internal DeviceSeat(int device, Action leave) => (Device, this.leave) = (device, leave);

    /// <summary>The device's number.</summary>
    public int Device { get; }

    /// <summary>Gives the place back; a second call does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
