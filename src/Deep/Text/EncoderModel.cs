using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Training;
using Kaggle.Deep.Training.Objectives;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;

namespace Kaggle.Deep.Text;

/// <summary>A fitted encoder; config and tokenizer are those of the learner's folder.</summary>
sealed class EncoderModel(EncoderHead network, FineTunedEncoder learner, Objective objective, EncoderTokenizer tokenizer, FitRecord record, Device device, int threads) : IModel
{
    public FitRecord Record => record;

    public Predictions Predict(Dataset rows)
    {
        TorchDevice.UseThreads(threads);
        using var scope = NewDisposeScope();
        using var reader = learner.Reader(rows.WithTarget(null), tokenizer, objective);
        return reader.InOrderOfLength(ordered => NetworkPredictions.Of(network, objective, new PrefetchedRows(ordered, device)));
    }

    public void Save(string folder) => SavedNetwork.Save(folder, new NetworkState(objective, record), network);

    /// <exception cref="InputException">The folder does not hold a model, or the encoder's folder is another's.</exception>
    public static EncoderModel Load(string folder, FineTunedEncoder learner, FitContext context)
    {
        var device = TorchDevice.Of(context);
        var (objective, record) = SavedNetwork.State<NetworkState>(folder);
        var network = SavedNetwork.Load(folder, device, random =>
        {
            var body = EncoderCheckpoint.Build(EncoderConfig.Read(Path.Combine(learner.Folder, "config.json")), random, new(TrainingPrecision.Float32));
            return new EncoderHead(body, objective.Outputs, learner.Pooling, learner.Dropout, learner.DropoutSamples, random);
        });
        return new(network, learner, objective, EncoderTokenizer.Read(learner.Folder), record, device, context.Threads);
    }

    public void Dispose() => network.Dispose();
}
