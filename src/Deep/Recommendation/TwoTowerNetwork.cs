using Kaggle.Deep.Layers;
using static TorchSharp.torch;

namespace Kaggle.Deep.Recommendation;

/// <summary>A network for users and one for items, each from codes to a vector of length 1: near is liked.</summary>
/// <remarks>
/// (batch, user codes) and (batch, item codes) → (batch, 2 · width): the user's vector, then the item's. Yi et al. 2019, Sampling-Bias-Corrected Neural Modeling
/// for Large Corpus Item Recommendations.
/// </remarks>
public sealed class TwoTowerNetwork : Network
{
    readonly Tower user_tower, item_tower;

    /// <param name="userLevels">For each code of a user how many there are, the 0 for none included.</param>
    /// <param name="itemLevels">The same of items.</param>
    /// <param name="embedding">The length of each code's vector.</param>
    /// <param name="hidden">Of the layer between.</param>
    /// <param name="width">Of what comes out.</param>
    /// <param name="dropout">The share of hidden values dropped while training.</param>
    /// <param name="random">Where initial values and dropout come from.</param>
    public TwoTowerNetwork(IReadOnlyList<int> userLevels, IReadOnlyList<int> itemLevels, int embedding, int hidden, int width, double dropout, Randomness random) : base(nameof(TwoTowerNetwork))
    {
        user_tower = new(userLevels, embedding, hidden, width, dropout, random);
        item_tower = new(itemLevels, embedding, hidden, width, dropout, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] inputs) => cat([user_tower.call(inputs[0]), item_tower.call(inputs[1])], 1);

    /// <returns>(batch, width) of users' codes.</returns>
    public Tensor Users(Tensor codes) => user_tower.call(codes);

    /// <returns>(batch, width) of items' codes.</returns>
    public Tensor Items(Tensor codes) => item_tower.call(codes);
}

/// <summary>Codes → embeddings → a hidden layer → a vector of length 1.</summary>
sealed class Tower : nn.Module<Tensor, Tensor>
{
    readonly EntityEmbeddings embeddings;
    readonly Dense hidden, outward;
    readonly Dropout dropout;

    public Tower(IReadOnlyList<int> levels, int embedding, int hidden, int width, double dropout, Randomness random) : base(nameof(Tower))
    {
        var compute = new MatrixPrecision(TrainingPrecision.Float32);
        embeddings = new(levels, random, _ => embedding, deviation: 0.1);
        this.hidden = new(embeddings.Outputs, hidden, random, compute);
        outward = new(hidden, width, random, compute);
        this.dropout = new(dropout, random);
        RegisterComponents();
    }

    public override Tensor forward(Tensor codes) =>
        nn.functional.normalize(outward.call(dropout.call(hidden.call(embeddings.call(codes)).relu())), dim: 1);
}
