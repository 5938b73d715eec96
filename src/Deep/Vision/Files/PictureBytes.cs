using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Files;

/// <summary>A dataset's pictures as batches of bytes, (batch, channels, side, side) uint8: all of them on the device where they are few, else read from the mapped file ahead of the network.</summary>
static class PictureBytes
{
    const long Resident = 1L << 29;                         // 512 MB

    /// <param name="rows">Its first image column is read, of all rows of its source: folds share what was decoded.</param>
    /// <param name="form">What pictures become.</param>
    /// <param name="targets">(rows, …); owned from here.</param>
    /// <param name="weights">(rows), or null; owned from here.</param>
    /// <exception cref="InputException">There is no image column, or pictures are broken.</exception>
    public static IRowSource Of(Dataset rows, ImageForm form, Tensor targets, Tensor? weights, Device device, int threads, CancellationToken cancel = default)
    {
        var column = rows.Columns.OfType<ImageColumn>().FirstOrDefault() ?? throw new InputException("These rows have no image column to learn from.");
        var images = DecodedImages.Of(column, form, DecodedImages.UserCache(), threads, cancel);
        int[] index = rows.IsView ? rows.RowIndex.ToArray() : [.. Enumerable.Range(0, rows.Rows)];
        if ((long)index.Length * form.Bytes > Resident) return PrefetchedRows.Owning(new PictureReader(images, index, targets, weights, threads), device);
        using (images)
        {
            using var scope = NewDisposeScope();
            var all = Gathered(images, index, threads).to(device);
            return new ResidentRows([all.DetachFromDisposeScope()], targets, weights);
        }
    }

    /// <summary>Every row's picture once, in order, as bytes on the device; nothing is tracked, and what the action makes of tensors is freed.</summary>
    /// <param name="batch">How many pictures at once.</param>
    /// <inheritdoc cref="Of"/>
    public static void Each(Dataset rows, ImageForm form, int batch, Device device, FitContext context, Action<Tensor> take)
    {
        if (rows.Rows == 0) return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var bytes = Of(rows, form, empty(rows.Rows, 0, device: device).DetachFromDisposeScope(), null, device, context.Threads, context.Cancel);
        foreach (var taken in bytes.InOrder(batch))
        {
            context.Cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            using var pictures = taken;
            take(pictures.Inputs[0]);
        }
    }

    /// <returns>(rows, channels, side, side), with the channels together in memory, as convolutions like it.</returns>
    static Tensor Gathered(DecodedImages images, int[] rows, int threads)
    {
        var form = images.Form;
        using var gathered = empty([rows.Length, form.Side, form.Side, form.Channels], ScalarType.Byte);
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, i => images.CopyTo(rows[i], gathered.bytes.Slice(i * form.Bytes, form.Bytes)));
        return gathered.permute(0, 3, 1, 2);
    }

    sealed class PictureReader(DecodedImages images, int[] index, Tensor targets, Tensor? weights, int threads) : IRowReader, IDisposable
    {
        public int Rows => index.Length;

        public TrainingBatch Read(int[] rows, long? seed)
        {
            using var numbers = tensor(Array.ConvertAll(rows, r => (long)r), device: targets.device);
            return new([Gathered(images, Array.ConvertAll(rows, r => index[r]), threads)], targets.index_select(0, numbers).cpu(), weights?.index_select(0, numbers).cpu());
        }

        public void Dispose()
        {
            images.Dispose();
            targets.Dispose();
            weights?.Dispose();
        }
    }
}
