using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;

namespace Kaggle.Deep.Recommendation;

/// <summary>Embeddings of users and items side by side through a multilayer perceptron: fastai's collaborative learner with use_nn.</summary>
/// <remarks>fastai, fastai/collab.py, EmbeddingNN without its y_range; hidden layers of 100 and 50 as in fastai's lesson.</remarks>
public sealed record EmbeddingNN : EmbeddingLearner
{
    public LayerWidths Hidden { get; init; } = [100, 50];

    /// <summary>The share of hidden values dropped while training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 0.99, value); }

    private protected override NetworkSettings Settings() => new() { Hidden = Hidden, Dropout = Dropout };

    private protected override Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new MlpNetwork(inputs.Numbers.Length, inputs.Width, inputs.Levels, settings, outputs, random, compute);
}
