using Kaggle.Deep.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Dropout = Kaggle.Deep.Layers.Dropout;

namespace Kaggle.Deep.Text.LanguageModels;

/// <summary>An AWD-LSTM that answers: its last output, the greatest and the mean of all, through two small layers.</summary>
/// <remarks>ULMFiT's concat pooling (J. Howard, S. Ruder, arXiv 1801.06146); the layers as fastai's PoolingLinearClassifier: norm, dropout, matrix.</remarks>
sealed class LanguageReader : Network
{
    const int Between = 50;

    readonly AwdLstm body;
    readonly BatchNorm1d norm1, norm2;
    readonly Dense dense1, dense2;
    readonly Dropout dropout1, dropout2;
    readonly double outputDropped;

    public LanguageReader(AwdLstm body, AwdDropouts dropouts, int outputs, Randomness random) : base(nameof(LanguageReader))
    {
        this.body = body;
        outputDropped = dropouts.Output;
        var (width, full) = (3 * (int)body.Words.shape[1], new MatrixPrecision(TrainingPrecision.Float32));
        (norm1, norm2) = (nn.BatchNorm1d(width), nn.BatchNorm1d(Between));
        (dropout1, dropout2) = (new(dropouts.Output, random), new(0.1, random));
        (dense1, dense2) = (new(width, Between, random, full, hasBias: false), new(Between, outputs, random, full, hasBias: false));
        RegisterComponents();
    }

    /// <summary>Words, then layer by layer, then the head.</summary>
    public override IReadOnlyList<string[]> Parts => [["body.encoder"], .. Enumerable.Range(0, body.Layers).Select(layer => new[] { $"body.rnns.{layer}." }), []];

    public override int PredictBatch => 64;

    /// <param name="inputs">Words, types (batch, length) int64; mask (batch, length) bool: padding stands behind the words.</param>
    /// <returns>(batch, outputs).</returns>
    public override Tensor forward(Tensor[] inputs)
    {
        var (words, mask) = (inputs[0], inputs[2]);
        var x = body.Steady(body.Run(words).Output, outputDropped);
        var last = (mask.sum(1) - 1).clamp_min(0).view(-1, 1, 1).expand(-1, 1, x.shape[2]);
        var greatest = x.masked_fill(mask.unsqueeze(-1).logical_not(), double.NegativeInfinity).amax([1]);
        var pooled = cat([x.gather(1, last).squeeze(1), greatest, PooledEncoder.Of(x, mask, TokenPooling.Mean)], 1);
        var between = nn.functional.relu(dense1.call(dropout1.call(norm1.call(pooled))));
        return dense2.call(dropout2.call(norm2.call(between)));
    }
}
