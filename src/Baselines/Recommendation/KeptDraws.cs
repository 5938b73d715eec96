using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>Draws laid end to end: the product of the long vectors is the mean of the draws' products.</summary>
sealed class KeptDraws(int users, int items, int factors, int draws)
{
    readonly int width = FactorStep.Padded(factors * draws);
    readonly float[] userVectors = new float[users * FactorStep.Padded(factors * draws)], itemVectors = new float[items * FactorStep.Padded(factors * draws)];
    readonly double[] userBias = new double[users], itemBias = new double[items];
    double mean;
    int kept;

    public void Add(PosteriorChain chain)
    {
        mean += chain.Mean / draws;
        Add(chain.Users.Values, userBias, userVectors, 1f / draws);
        Add(chain.Items.Values, itemBias, itemVectors, 1);
        kept++;
    }

    void Add(float[][] values, double[] bias, float[] vectors, float share)
    {
        for (var one = 0; one < bias.Length; one++)
        {
            bias[one] += (double)values[0][one] / draws;
            for (var f = 0; f < factors; f++) vectors[one * width + kept * factors + f] = share * values[f + 1][one];
        }
    }

    public FactorValues Values() =>
        new(mean, Array.ConvertAll(userBias, b => (float)b), Array.ConvertAll(itemBias, b => (float)b), userVectors, itemVectors, width);
}
