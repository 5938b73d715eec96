namespace Kaggle.Baselines.Boosting;

/// <summary>Keeps LightGBM's number of threads the same while anyone computes with it.</summary>
/// <remarks>
/// The library holds that number once for the whole process and sizes its buffers by it: a training that raises it would make another,
/// running beside it, write past its own. So who comes first says how many; who comes while others are at work takes their number.
/// The models are the same with any number of threads.
/// </remarks>
sealed class NativeThreads : IDisposable
{
    static readonly Lock Gate = new();
    static int users, inForce;

    NativeThreads(int count) => Count = count;

    public int Count { get; }

    public static NativeThreads Enter(int wanted)
    {
        lock (Gate)
        {
            if (users++ == 0) inForce = Math.Max(1, wanted);
            return new(inForce);
        }
    }

    public void Dispose()
    {
        lock (Gate) users--;
    }
}
