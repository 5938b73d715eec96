using System.Runtime.InteropServices;
using Kaggle.Deep.Native;
using static TorchSharp.torch;

namespace Kaggle.Deep.Training;

/// <summary>How many rows at once the device's memory holds; leaves no trace, as <see cref="RateFinder"/>.</summary>
public static class BatchFinder
{
    /// <param name="loop">A training that has not begun; its callbacks are not told.</param>
    /// <param name="least">Where the doubling starts.</param>
    /// <param name="most">Not beyond this, however much memory there is; no more than there are rows either.</param>
    /// <returns>The most rows that went forward and backward, a power of two times <paramref name="least"/>; 0 when not even the least did.</returns>
    public static int Find(Loop loop, int least = 8, int most = 65_536)
    {
        using var kept = new TrainingState(loop);
        var fits = 0;
        for (var size = least; size <= Math.Min(most, loop.Train.Rows); size *= 2)
        {
            loop.Cancel.ThrowIfCancellationRequested();
            try
            {
                using var scope = NewDisposeScope();
                using var batch = loop.Train.Shuffled(size, loop.Random).First();
                loop.TryBackward(batch);
            }
            catch (ExternalException e) when (e.IsOutOfMemory())
            {
                break;
            }
            finally
            {
                loop.Optimizer.Clear();
            }
            fits = size;
        }
        return fits;
    }
}
