using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Tabular;

namespace Kaggle.Deep.Recommendation;

/// <summary>Factors and biases of users and items as embeddings: fastai's collaborative learner.</summary>
/// <remarks>50 factors, as in fastai's lesson on MovieLens 100k.</remarks>
public sealed record EmbeddingDotBias : EmbeddingLearner
{
    public int Factors { get; init => field = Require.AtLeast(1, value); } = 50;

    private protected override NetworkSettings Settings() => new() { EmbeddingWidth = Factors };

    private protected override Network Build(NetworkSettings settings, TableEncoding inputs, int outputs, Randomness random, MatrixPrecision compute) =>
        new EmbeddingDotBiasNetwork(inputs.Levels[0], inputs.Levels[1], settings.EmbeddingWidth, random);
}
