using Kaggle.Core.Data;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Training.Sources;
using static TorchSharp.torch;

namespace Kaggle.Deep.Text;

/// <summary>Texts of which some tokens are hidden, others each time a text is read.</summary>
/// <remarks>Of the tokens chosen eight in ten become the mask, one another token, one stays (arXiv 1810.04805); drawn anew in each epoch (RoBERTa, arXiv 1907.11692).</remarks>
/// <param name="rows">The texts.</param>
/// <param name="isSpecial">For each text's tokens whether it may never be hidden.</param>
/// <param name="mask">What stands for a hidden token.</param>
/// <param name="vocabulary">How many tokens there are.</param>
/// <param name="share">How many are chosen, 0 to 1.</param>
sealed class MaskedTokens(TokenRows rows, Func<int, int, bool> isSpecial, int mask, int vocabulary, double share) : IRowReader
{
    public int Rows => rows.Rows;

    public IReadOnlyList<int[]> Shuffled(int size, Randomness random) => rows.Shuffled(size, random);

    int IRowReader.Batches(int size) => ((IRowReader)rows).Batches(size);

    public TrainingBatch Read(int[] asked, long? seed)
    {
        var batch = rows.Read(asked, seed);
        using var plain = batch.Target;
        var tokens = batch.Inputs[0];
        var width = (int)tokens.shape[1];
        var values = tokens.data<long>().ToArray();
        var target = new long[values.Length];
        Array.Fill(target, MaskedLanguageNetwork.NotAsked);
        var draws = new Draws((int)((seed ?? 0) ^ (seed ?? 0) >> 32));
        for (var i = 0; i < asked.Length; i++)
        {
            var length = rows.LengthOf(asked[i]);
            for (var j = 0; j < length; j++)
            {
                if (isSpecial(asked[i], j) || !draws.Chance(share)) continue;
                var at = i * width + j;
                target[at] = values[at];
                var fate = draws.Uniform();
                values[at] = fate < 0.8 ? mask : fate < 0.9 ? draws.Whole(0, vocabulary - 1) : values[at];
            }
        }
        tokens.Dispose();
        return batch with { Inputs = [tensor(values, [asked.Length, width]), .. batch.Inputs[1..]], Target = tensor(target, [asked.Length, width]) };
    }
}
