using Kaggle.Core.Data;

namespace Kaggle.Core.Metrics;

// All of these are means over groups (users, queries), each ordered by its scores. Rows with an answer above 0 are relevant.
// Groups without a relevant row say nothing and are passed over. Among equal scores irrelevant rows stand first,
// so that nothing can be gained by ties or by the order of the file; NDCG takes the mean over all orders instead.
public static partial class Metrics
{
    /// <summary>Mean average precision of the first k: Σ precision at each relevant place / min(k, relevant).</summary>
    public static Metric MapAt(int k) => OfGroups("map", k, (truth, relevant) =>
    {
        var (sum, found) = (0.0, 0);
        for (var place = 0; place < Math.Min(k, truth.Length); place++)
            if (truth[place] > 0) sum += (double)++found / (place + 1);
        return sum / Math.Min(k, relevant);
    });

    /// <summary>The share of groups with a relevant row among the first k.</summary>
    public static Metric HitRateAt(int k) => OfGroups("hit-rate", k, (truth, _) => Found(truth, k) > 0 ? 1 : 0);

    /// <summary>The share of the first k that is relevant; k also divides where a group is smaller.</summary>
    public static Metric PrecisionAt(int k) => OfGroups("precision", k, (truth, _) => (double)Found(truth, k) / k);

    /// <summary>The share of the relevant rows that are among the first k.</summary>
    public static Metric RecallAt(int k) => OfGroups("recall", k, (truth, relevant) => (double)Found(truth, k) / relevant);

    /// <summary>One over the place of the first relevant row among the first k, else 0.</summary>
    public static Metric MrrAt(int k) => OfGroups("mrr", k, (truth, _) =>
    {
        for (var place = 0; place < Math.Min(k, truth.Length); place++)
            if (truth[place] > 0) return 1.0 / (place + 1);
        return 0;
    });

    /// <summary>Discounted gain of the first k over that of the best order: Σ gain / log₂(1 + place).</summary>
    /// <param name="k">How many places count.</param>
    /// <param name="exponential">Whether an answer's gain is 2^answer − 1 instead of the answer itself.</param>
    /// <remarks>Equal scores share the mean of their discounts, as in scikit-learn's ndcg_score.</remarks>
    public static Metric NdcgAt(int k, bool exponential = false)
    {
        Require.AtLeast(1, k, "K");
        double Gain(float answer) => exponential ? Math.Pow(2, answer) - 1 : answer;
        double Discount(int place) => place < k ? 1 / Math.Log2(place + 2) : 0;
        return WithinGroups($"ndcg{(exponential ? "-exp" : "")}@{k}", (truth, scores) =>
        {
            var gained = 0.0;
            for (var start = 0; start < truth.Length;)
            {
                var (gains, discounts, first) = (0.0, 0.0, start);
                for (; start < truth.Length && scores[start] == scores[first]; start++)
                {
                    gains += Gain(truth[start]);
                    discounts += Discount(start);
                }
                gained += gains / (start - first) * discounts;
            }
            var best = truth.OrderDescending().Select((answer, place) => Gain(answer) * Discount(place)).Sum();
            return gained / best;
        });
    }

    static int Found(float[] truth, int k) => truth.Take(k).Count(answer => answer > 0);

    static Metric OfGroups(string family, int k, Func<float[], int, double> of) =>
        WithinGroups($"{family}@{Require.AtLeast(1, k, "K")}", (truth, _) => of(truth, truth.Count(answer => answer > 0)));

    /// <param name="name">As in reports.</param>
    /// <param name="of">From a group's answers and scores, both ordered from the highest score down.</param>
    static Metric WithinGroups(string name, Func<float[], float[], double> of) => new(name, HigherIsBetter: true, Need.RanksWithinGroups,
        (truth, predicted, weights, groups) =>
        {
            Shape.One(truth, predicted, name, "It orders rows within groups by one score.");
            if (groups.Length != truth.Rows) throw new InputException($"{name} orders rows within groups, but the rows have none: name the column that holds them.");
            var counted = new RowWeights(weights, truth.Rows);
            var byGroup = new Dictionary<int, List<int>>();
            for (var row = 0; row < groups.Length; row++)
                if (byGroup.TryGetValue(groups[row], out var rows)) rows.Add(row);
                else byGroup[groups[row]] = [row];
            var (t, p) = (truth.Values, predicted.Values);
            var (sum, total) = (0.0, 0.0);
            foreach (var rows in byGroup.Values)
            {
                var ordered = rows.OrderByDescending(row => p.Span[row]).ThenBy(row => t.Span[row]).ToArray();
                var answers = Array.ConvertAll(ordered, row => t.Span[row]);
                if (!answers.Any(answer => answer > 0)) continue;
                var weight = counted[rows[0]];                              // a group's weight is that of its first row
                sum += weight * of(answers, Array.ConvertAll(ordered, row => p.Span[row]));
                total += weight;
            }
            return total > 0 ? sum / total : throw new InputException($"{name} is not defined: no group of these {truth.Rows} rows has a relevant one.");
        });
}
