using Kaggle.Core.Data;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>Maps of pictures in several views as float16 numbers in a memory-mapped file.</summary>
sealed class KeptMaps : IDisposable
{
    readonly MappedBytes mapped;
    readonly long start;
    readonly string? temporary;
    readonly int channels, height, width;

    KeptMaps(string file, int[] numbers, long start, int rows, bool isTemporary)
    {
        (Views, channels, height, width) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        (Rows, this.start) = (rows, start);
        mapped = MappedBytes.Read(file);
        temporary = isTemporary ? file : null;
    }

    public int Rows { get; }

    public int Views { get; }

    int ViewBytes => channels * height * width * sizeof(short);

    /// <param name="file">Where they are kept, or are already; null: in a temporary file, gone with this object.</param>
    /// <param name="rows">How many there will be, at least one.</param>
    /// <param name="grow">Adds those that are missing.</param>
    /// <exception cref="InputException">There is no room for them.</exception>
    public static KeptMaps Of(string? file, int rows, Action<GrowingMaps> grow)
    {
        var growing = file is null ? null : GrowingRows.Whole(file, rows) ?? GrowingRows.Unfinished(file, rows);
        var isTemporary = growing is null;
        if (isTemporary) file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.maps");
        growing ??= GrowingRows.Unfinished(file!, rows) ?? throw new InputException($"{Path.GetTempPath()} cannot be written to: name another folder by TMPDIR.");
        using (growing)
        {
            try
            {
                if (!growing.IsWhole) grow(new(growing));
            }
            catch (IOException cause)
            {
                throw new InputException($"What a network's lower layers make of {rows} pictures cannot be written to {Path.GetDirectoryName(file)}: {cause.Message} Free some room there, or name another folder by {(isTemporary ? "TMPDIR" : "XDG_CACHE_HOME")}.", cause);
            }
            finally
            {
                if (isTemporary && !growing.IsWhole) File.Delete(file + ".part");
            }
        }
        return new(file!, growing.Numbers, growing.Start, rows, isTemporary);
    }

    /// <param name="rows">Which.</param>
    /// <param name="view">Which view of each.</param>
    /// <returns>(rows, channels, height, width) float16, with the channels together in memory, as convolutions like it.</returns>
    public Tensor Gathered(ReadOnlySpan<int> rows, Func<int, int> view)
    {
        using var gathered = empty([rows.Length, height, width, channels], ScalarType.Float16);
        for (var i = 0; i < rows.Length; i++)
            mapped.Slice(start + ((long)rows[i] * Views + view(i)) * ViewBytes, ViewBytes).CopyTo(gathered.bytes.Slice(i * ViewBytes, ViewBytes));
        return gathered.permute(0, 3, 1, 2);
    }

    public void Dispose()
    {
        mapped.Dispose();
        if (temporary is not null) File.Delete(temporary);
    }

    /// <summary>Maps that are not all there yet.</summary>
    public readonly struct GrowingMaps(GrowingRows rows)
    {
        public int Rows => rows.Rows;

        /// <summary>Forgets rows from one on.</summary>
        public void CutTo(int row) => rows.CutTo(row);

        /// <param name="views">(rows, channels, height, width) of the next rows, one tensor for each view.</param>
        public void Add(IReadOnlyList<Tensor> views)
        {
            using var scope = NewDisposeScope();
            const double Largest = 65504;                    // beyond it a float16 is infinite
            var stacked = stack([.. views.Select(v => v.clamp(-Largest, Largest).to(ScalarType.Float16).permute(0, 2, 3, 1))], 1).cpu().contiguous();
            if (rows.Rows == 0)
            {
                var one = views[0].shape;
                rows.Begin([views.Count, (int)one[1], (int)one[2], (int)one[3]], (int)(stacked.numel() / one[0] * sizeof(short)));
            }
            rows.Add(stacked.bytes);
        }
    }
}
