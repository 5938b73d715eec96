using System.Numerics.Tensors;
using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>A mean, a bias and a vector for each user and item: the rating, or the score, is mean + both biases + the vectors' product.</summary>
/// <param name="Mean">Of all ratings.</param>
/// <param name="UserBias">(users)</param>
/// <param name="ItemBias">(items)</param>
/// <param name="UserVectors">(users × width)</param>
/// <param name="ItemVectors">(items × width)</param>
/// <param name="Width">How long a vector is; 0: there are biases only.</param>
public sealed record FactorValues(double Mean, float[] UserBias, float[] ItemBias, float[] UserVectors, float[] ItemVectors, int Width)
{
    /// <summary>What a user of no place has of one: nothing known, so zeros.</summary>
    public ReadOnlySpan<float> User(int place) => UserVectors.AsSpan(place * Width, Width);

    public ReadOnlySpan<float> Item(int place) => ItemVectors.AsSpan(place * Width, Width);

    /// <param name="user">Its place, or <see cref="RatedNames.Unknown"/>: then only the item's bias is left.</param>
    /// <param name="item">Its place, or <see cref="RatedNames.Unknown"/>.</param>
    public float Say(int user, int item)
    {
        var sum = Mean;
        if (user >= 0) sum += UserBias[user];
        if (item >= 0) sum += ItemBias[item];
        if (user >= 0 && item >= 0 && Width > 0) sum += TensorPrimitives.Dot(User(user), Item(item));
        return (float)sum;
    }
}

/// <summary>What every learner of means, biases and factors makes; predicts ratings within those met, or scores.</summary>
/// <param name="names">Who is at which place.</param>
/// <param name="values">What is known of them.</param>
/// <param name="range">The least and the greatest rating met; null: scores, which have no range.</param>
/// <param name="record">What the training left to tell.</param>
public sealed class FactorModel(RatedNames names, FactorValues values, RatingRange? range, FitRecord record) : IModel, IRanksItems, IItemVectors
{
    const string Settings = "factors.json";

    readonly Lazy<VectorProducts> products = new(() => new(values.ItemVectors, values.ItemBias, values.Width));

    public RatedNames Names => names;

    public FactorValues Values => values;

    public FitRecord Record => record;

    IReadOnlyList<string> IItemVectors.ItemNames => names.Items;

    ReadOnlySpan<float> IItemVectors.ItemVector(int place) => values.Item(place);

    public Predictions Predict(Dataset rows)
    {
        var (users, items) = names.Places(rows);
        var said = new float[rows.Rows];
        for (var row = 0; row < said.Length; row++) said[row] = values.Say(users[row], items[row]);
        return range is { } within ? new(OutputKind.Values, new(within.Clip(said), 1)) : new(OutputKind.Scores, new(said, 1));
    }

    public void Score(ReadOnlySpan<int> users, int first, Span<float> scores)
    {
        var vectors = new float[users.Length * values.Width];
        for (var i = 0; i < users.Length; i++) values.User(users[i]).CopyTo(vectors.AsSpan(i * values.Width));
        products.Value.Score(vectors, users.Length, first, scores);
    }

    public void Save(string folder)
    {
        ModelFile.Write(folder, Settings, new Saved(names, values.Mean, values.Width, range, record));
        FloatFile.Write(folder, "user-bias", values.UserBias);
        FloatFile.Write(folder, "item-bias", values.ItemBias);
        FloatFile.Write(folder, "user-vectors", values.UserVectors);
        FloatFile.Write(folder, "item-vectors", values.ItemVectors);
    }

    public static FactorModel Load(string folder)
    {
        var saved = ModelFile.Read<Saved>(folder, Settings);
        float[] Read(string name) => FloatFile.Read(folder, name);
        return new(saved.Names,
            new(saved.Mean, Read("user-bias"), Read("item-bias"), Read("user-vectors"), Read("item-vectors"), saved.Width), saved.Range, saved.Record);
    }

    public void Dispose() { }

    sealed record Saved(RatedNames Names, double Mean, int Width, RatingRange? Range, FitRecord Record);
}
