using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;

namespace Kaggle.Baselines.Recommendation;

/// <summary>An item's score is the sum of what the items that the user had say for it. A user never met is told what most had.</summary>
/// <param name="names">Who is at which place.</param>
/// <param name="had">Each user's items.</param>
/// <param name="weights">(items × items) what the first says for the second.</param>
sealed class ItemWeightsModel(RatedNames names, RatedLists had, float[] weights) : IModel, IRanksItems
{
    const string Settings = "items.json";

    readonly float[] popular = Popular(names.Items.Length, had);

    public RatedNames Names => names;

    public FitRecord Record => FitRecord.Nothing;

    public Predictions Predict(Dataset rows)
    {
        var (users, items) = names.Places(rows);
        var said = new float[rows.Rows];
        for (var row = 0; row < said.Length; row++)
        {
            if (items[row] < 0) continue;
            if (users[row] < 0) said[row] = popular[items[row]];
            else
                foreach (var item in had.Others(users[row])) said[row] += weights[item * names.Items.Length + items[row]];
        }
        return new(OutputKind.Scores, new(said, 1));
    }

    public void Score(ReadOnlySpan<int> users, int first, Span<float> scores)
    {
        scores.Clear();
        var width = scores.Length / Math.Max(1, users.Length);
        for (var i = 0; i < users.Length; i++)
        {
            var row = scores.Slice(i * width, width);
            foreach (var item in had.Others(users[i])) FactorStep.Add(row, 1, weights.AsSpan(item * names.Items.Length + first, width));
        }
    }

    public void Save(string folder)
    {
        ModelFile.Write(folder, Settings, names);
        had.Save(folder, "had");
        FloatFile.Write(folder, "weights", weights);
    }

    public static ItemWeightsModel Load(string folder) => new(
        ModelFile.Read<RatedNames>(folder, Settings),
        RatedLists.Load(folder, "had"), FloatFile.Read(folder, "weights"));

    public void Dispose() { }

    /// <summary>As shares, far below what a known user's items say.</summary>
    static float[] Popular(int items, RatedLists had)
    {
        var counts = new float[items];
        for (var user = 0; user < had.Count; user++)
            foreach (var item in had.Others(user)) counts[item] += 1f / had.Count;
        return counts;
    }
}
