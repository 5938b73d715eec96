using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Native;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A learner of tables on pictures: each pixel of a small version is a number column. What a network has to beat.</summary>
public sealed record OnPixels : ILearner
{
    /// <param name="learner">Of tables.</param>
    public OnPixels(ILearner learner) => (Learner, Name) = (learner, $"{learner.Name} on pixels");

    public string Name { get; init; }

    public ILearner Learner { get; init; }

    /// <summary>Height and width of what the pixels are taken from.</summary>
    public int Size { get; init => field = Require.AtLeast(1, value); } = 14;

    /// <summary>3: colours; 1: greys.</summary>
    public int Channels { get; init; } = 1;

    public ColumnKind Uses => Learner.Uses | ColumnKind.Image;

    public bool Learns(TaskKind task) => Learner.Learns(task);

    public bool StopsEarly => Learner.StopsEarly;

    public ILearner? Quick => Learner.Quick is { } quick ? this with { Learner = quick } : null;

    public IModel Fit(Dataset train, Dataset? validation, FitContext context) =>
        new Model(this, Learner.Fit(Pixels(train, context.Threads), validation is null ? null : Pixels(validation, context.Threads), context), context.Threads);

    public IModel Load(string folder, FitContext context) => new Model(this, Learner.Load(folder, context), context.Threads);

    Dataset Pixels(Dataset rows, int threads)
    {
        Libtorch.Load();
        var form = new ImageForm { Side = Size, Channels = Channels };
        var columns = new float[form.Bytes][];
        for (var c = 0; c < columns.Length; c++) columns[c] = new float[rows.Rows];
        if (rows.Rows > 0)
        {
            using var bytes = PictureBytes.Of(rows, form, empty(rows.Rows, 0).DetachFromDisposeScope(), null, CPU, threads);
            var row = 0;
            foreach (var taken in bytes.InOrder(1024))
            {
                using var scope = NewDisposeScope();
                using var batch = taken;
                var pixels = batch.Inputs[0].permute(0, 2, 3, 1).contiguous().data<byte>().ToArray();
                for (var i = 0; i < pixels.Length; i++) columns[i % form.Bytes][row + i / form.Bytes] = pixels[i];
                row += pixels.Length / form.Bytes;
            }
        }
        var others = rows.Columns.Where(c => c.Kind != ColumnKind.Image).Select(c => rows[c.Name]);
        return rows.WithColumns([.. others, .. columns.Select((values, c) => new NumberColumn($"pixel{c}", values))]);
    }

    sealed class Model(OnPixels learner, IModel inner, int threads) : IModel
    {
        public FitRecord Record => inner.Record;

        public Predictions Predict(Dataset rows) => inner.Predict(learner.Pixels(rows, threads));

        public void Save(string folder) => inner.Save(folder);

        public void Dispose() => inner.Dispose();
    }
}
