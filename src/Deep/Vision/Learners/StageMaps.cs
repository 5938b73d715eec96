using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>What the layers before a network's last stage, which stay as published, make of pictures: computed once for all folds and runs, and kept beside the decoded pictures.</summary>
/// <param name="learner">Whose pictures, and draws of them.</param>
/// <param name="body">With the published weights in those layers; computes in float32, ready to predict.</param>
/// <param name="device">Where it computes.</param>
/// <param name="context">How.</param>
sealed class StageMaps(PictureNet learner, PictureNetwork body, Device device, FitContext context)
{
    const int Version = 1;

    /// <returns>The pictures as they are, then in the test views that are not drawn. Of these rows alone: each is predicted by one fold.</returns>
    public RowMaps Predicted(Dataset rows)
    {
        var others = (learner.Views ?? TestViews.Plain).Others;
        var named = others == 0 ? null : learner.Views! with { Draws = 0, PlainShare = null };
        return Of(rows, [.. Enumerable.Range(0, rows.Rows)], $"seen {named} {(rows.IsView ? ContentHash.Of(rows.RowIndex) : null)}", 1 + others, (pictures, view) =>
        {
            var plain = learner.Seen(pictures);
            return view == 0 ? plain : learner.Views!.Other(plain, view - 1);
        });
    }

    /// <returns>Draws of the pictures as they are learned from; where nothing is drawn, the pictures as they are. Of all rows of the source: the other folds will ask for the rest.</returns>
    public RowMaps Learned(Dataset rows)
    {
        int[] index = rows.IsView ? rows.RowIndex.ToArray() : [.. Enumerable.Range(0, rows.Rows)];
        return learner.Drawn.IsEmpty ? Of(rows.Source, index, "learned", 1, (pictures, _) => learner.Seen(pictures))
            : Of(rows.Source, index, $"learned {learner.Augmentation}", learner.KeptDraws, (pictures, view) => DrawnViews.Of(pictures, learner.Drawn, view, learner.Normalisation));
    }

    /// <param name="rows">What is looked at.</param>
    /// <param name="index">Which of them were asked for.</param>
    RowMaps Of(Dataset rows, int[] index, string how, int views, Func<Tensor, int, Tensor> view)
    {
        var column = rows.Columns.OfType<ImageColumn>().FirstOrDefault() ?? throw new InputException("These rows have no image column to learn from.");
        var file = column.Place is { Digest.Length: > 0 } place ? Path.Combine(DecodedImages.UserCache(), $"{Key(column, place, $"{how} {views}")}.maps") : null;
        lock (file is null ? new() : context.Share?.GetOrAdd((nameof(StageMaps), file), () => new Lock()) ?? new())
            return new(KeptMaps.Of(file, rows.Rows, growing => Grow(growing, rows, views, view)), index);
    }

    void Grow(KeptMaps.GrowingMaps maps, Dataset rows, int views, Func<Tensor, int, Tensor> view)
    {
        var at = 0;
        PictureBytes.Each(rows, learner.Form, PictureFeatures.BatchOf(learner.Size), device, context, pictures =>
        {
            var end = at + (int)pictures.shape[0];
            if (maps.Rows < end)
            {
                // Whole batches only: in another company a picture's maps differ in their last bits.
                if (maps.Rows > at) maps.CutTo(at);
                maps.Add([.. Enumerable.Range(0, views).Select(v => body.BeforeLastStage(view(pictures, v)))]);
                context.Progress?.Report(new(end / (double)rows.Rows, $"maps of {end} pictures"));
            }
            at = end;
        });
    }

    string Key(ImageColumn column, PicturePlace place, string how) => ContentHash.Of(
    [
        place.Digest, string.Create(CultureInfo.InvariantCulture, $"{Version} {Frozen()} {((IFrozenNetwork)learner.From!).Identity} {learner.Size} {learner.Form} {how}"),
        .. column.Sources.ToArray().Select(s => s ?? "\0"),
    ]);

    /// <returns>What the layers that stay hold: a saved model's are those that it was trained with, whatever the published file holds by now.</returns>
    string Frozen()
    {
        using var scope = NewDisposeScope();
        var last = body.LastStage;
        string[] learning = [.. body.named_modules().Where(m => last.Contains(m.module)).Select(m => m.name + ".")];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in body.state_dict().Where(s => !learning.Any(s.Key.StartsWith)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(tensor.cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <param name="Maps">Of the rows asked for and of others.</param>
/// <param name="Index">Which of them were asked for, in order.</param>
readonly record struct RowMaps(KeptMaps Maps, int[] Index) : IDisposable
{
    public void Dispose() => Maps.Dispose();
}
