using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A fitted network over pictures.</summary>
public sealed class PictureModel(PictureNet learner, Network network, NetworkState state, Device device, FitContext context) : ISeesPictures, IViewsRows
{
    public FitRecord Record => state.Record;

    public Network Network => network;

    // Nothing of the training but where and how to compute.
    readonly FitContext context = new() { Device = context.Device, Threads = context.Threads, Cancel = context.Cancel, Share = context.Share };

    public Predictions Predict(Dataset rows) => learner.KeptDraws > 0 ? OfMaps(rows, 0) : Of(rows, learner.Seen);

    public int Views => Settings.Count - 1;

    public double PlainShare => Settings.Share;

    public Predictions PredictView(Dataset rows, int view) =>
        view >= Settings.Others ? Of(rows, pictures => DrawnViews.Of(pictures, learner.Drawn, view, learner.Normalisation))
        : learner.KeptDraws > 0 ? OfMaps(rows, 1 + view)
        : Of(rows, pictures => Settings.Other(learner.Seen(pictures), view));

    TestViews Settings => learner.Views ?? TestViews.Plain;

    Predictions Of(Dataset rows, Func<Tensor, Tensor> view)
    {
        var decoded = new Decoded(rows.Rows, state.Objective);
        Each(rows, pictures => decoded.Add(network.call([view(pictures)])));
        return decoded.Predictions;
    }

    /// <summary>Of what is kept of the layers that did not learn: folds share it.</summary>
    Predictions OfMaps(Dataset rows, int view)
    {
        var decoded = new Decoded(rows.Rows, state.Objective);
        if (rows.Rows == 0) return decoded.Predictions;
        TorchDevice.UseThreads(context.Threads);
        using var untracked = no_grad();
        network.eval();
        var whole = (PictureClassifier)network;
        using var maps = new StageMaps(learner, whole.Body, device, context).Predicted(rows);
        foreach (var numbers in maps.Index.Chunk(network.PredictBatch))
        {
            using var step = NewDisposeScope();
            decoded.Add(whole.FromStage(maps.Maps.Gathered(numbers, _ => view).to(device)));
        }
        return decoded.Predictions;
    }

    public Matrix Seen(Dataset rows)
    {
        List<float> values = [];
        Each(rows, pictures => values.AddRange(Halves.Pool(Halves.Maps(learner.Seen(pictures))).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()));
        return new(values.ToArray(), rows.Rows == 0 ? 1 : values.Count / rows.Rows);
    }

    public IReadOnlyList<byte[]?> Looks(Dataset rows)
    {
        List<byte[]?> drawn = [];
        Each(rows, pictures =>
        {
            var maps = Halves.Maps(learner.Seen(pictures)).to(ScalarType.Float32);
            drawn.AddRange(maps.dim() == 4 ? HeatMaps.Drawn(pictures.cpu(), HeatMaps.OfSurest(maps, Halves.FromMaps).cpu()) : Enumerable.Repeat<byte[]?>(null, (int)maps.shape[0]));
        });
        return drawn;
    }

    IMapsPictures Halves => (IMapsPictures)network;

    /// <summary>Every row's picture once, in order, as bytes on the device; what the action makes of tensors is freed.</summary>
    void Each(Dataset rows, Action<Tensor> take)
    {
        TorchDevice.UseThreads(context.Threads);
        network.eval();
        PictureBytes.Each(rows, learner.Form, network.PredictBatch, device, context, take);
    }

    public void Save(string folder) => SavedNetwork.Save(folder, state, network);

    /// <exception cref="InputException">The folder does not hold a model, or not this network's.</exception>
    internal static PictureModel Load(PictureNet learner, string folder, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var state = SavedNetwork.State<NetworkState>(folder);
        var network = SavedNetwork.Load(folder, device, random => learner.Build(state.Objective.Outputs, random, new MatrixPrecision(TrainingPrecision.Float32), withWeights: false));
        return new(learner, network, state, device, context);
    }

    public void Dispose() => network.Dispose();

    /// <summary>What a network said of rows, batch after batch.</summary>
    sealed class Decoded(int rows, Objective objective)
    {
        readonly float[] values = new float[rows * objective.Outputs];
        int at;

        public Predictions Predictions => new(objective.Kind, new(values, objective.Outputs));

        public void Add(Tensor outputs)
        {
            var said = objective.Decode(outputs).to(ScalarType.Float32).cpu().contiguous();
            said.data<float>().CopyTo(values, at);
            at += (int)said.numel();
        }
    }
}
