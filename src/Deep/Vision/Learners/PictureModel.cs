using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Vision.Augmentation;
using Kaggle.Deep.Vision.Files;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Vision.Learners;

/// <summary>A fitted network over pictures.</summary>
public sealed class PictureModel(PictureNet learner, Network network, NetworkState state, Device device, int threads) : ISeesPictures, IViewsRows
{
    public FitRecord Record => state.Record;

    public Network Network => network;

    public Predictions Predict(Dataset rows) => Of(rows, Plain);

    public int Views => Settings.Count - 1;

    public double PlainShare => Settings.Share;

    public Predictions PredictView(Dataset rows, int view) =>
        view < Settings.Others ? Of(rows, pictures => Settings.Other(Plain(pictures), view)) : Of(rows, pictures => DrawnViews.Of(pictures, learner.Drawn, view, learner.Normalisation));

    TestViews Settings => learner.Views ?? TestViews.Plain;

    /// <param name="pictures">As they were decoded.</param>
    /// <returns>As the network expects them.</returns>
    Tensor Plain(Tensor pictures) => learner.Normalisation.Apply(Resampling.Whole(pictures, learner.Size));

    Predictions Of(Dataset rows, Func<Tensor, Tensor> view)
    {
        var objective = state.Objective;
        var values = new float[rows.Rows * objective.Outputs];
        var at = 0;
        Each(rows, pictures =>
        {
            var said = objective.Decode(network.call([view(pictures)])).to(ScalarType.Float32).cpu().contiguous();
            said.data<float>().CopyTo(values, at);
            at += (int)said.numel();
        });
        return new(objective.Kind, new(values, objective.Outputs));
    }

    public Matrix Seen(Dataset rows)
    {
        List<float> values = [];
        Each(rows, pictures => values.AddRange(Halves.Pool(Halves.Maps(Plain(pictures))).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray()));
        return new(values.ToArray(), rows.Rows == 0 ? 1 : values.Count / rows.Rows);
    }

    public IReadOnlyList<byte[]?> Looks(Dataset rows)
    {
        List<byte[]?> drawn = [];
        Each(rows, pictures =>
        {
            var maps = Halves.Maps(Plain(pictures)).to(ScalarType.Float32);
            drawn.AddRange(maps.dim() == 4 ? HeatMaps.Drawn(pictures.cpu(), HeatMaps.OfSurest(maps, Halves.FromMaps).cpu()) : Enumerable.Repeat<byte[]?>(null, (int)maps.shape[0]));
        });
        return drawn;
    }

    IMapsPictures Halves => (IMapsPictures)network;

    /// <summary>Every row's picture once, in order, as bytes on the device; what the action makes of tensors is freed.</summary>
    void Each(Dataset rows, Action<Tensor> take)
    {
        TorchDevice.UseThreads(threads);
        if (rows.Rows == 0) return;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        network.eval();
        using var bytes = PictureBytes.Of(rows, learner.Form, zeros(rows.Rows, device: device).DetachFromDisposeScope(), null, device, threads);
        foreach (var taken in bytes.InOrder(network.PredictBatch))
        {
            using var step = NewDisposeScope();
            using var batch = taken;
            take(batch.Inputs[0]);
        }
    }

    public void Save(string folder) => SavedNetwork.Save(folder, state, network);

    /// <exception cref="InputException">The folder does not hold a model, or not this network's.</exception>
    internal static PictureModel Load(PictureNet learner, string folder, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var state = SavedNetwork.State<NetworkState>(folder);
        var network = SavedNetwork.Load(folder, device, random => learner.Build(state.Objective.Outputs, random, new MatrixPrecision(TrainingPrecision.Float32), withWeights: false));
        return new(learner, network, state, device, context.Threads);
    }

    public void Dispose() => network.Dispose();
}
