using Kaggle.Core.Data;
using Kaggle.Core.Learning;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Deep.Layers;
using Kaggle.Deep.Native;
using Kaggle.Deep.Recommendation;
using static TorchSharp.torch;

namespace Kaggle.Tests.Deep.Recommendation;

public class RankingNetworksTests
{
    const int Count = 12;

    static Dataset Events(IEnumerable<(int User, int Item, int Time)> events, params Column[] beside)
    {
        var rows = events.ToArray();
        return new(
            [
                new CategoryColumn("user", rows.Select(r => r.User).ToArray(), [.. Enumerable.Range(0, 40).Select(u => $"u{u:D2}")]),
                new CategoryColumn("item", rows.Select(r => r.Item).ToArray(), [.. Enumerable.Range(0, Count).Select(i => $"i{i:D2}")]),
                .. beside,
            ],
            new(Target.Number("stars"), new(Enumerable.Repeat(1f, rows.Length).ToArray(), 1)),
            time: rows.Select(r => (long)r.Time).ToArray());
    }

    [Fact]
    public void In_a_round_the_next_item_is_foretold_though_the_rows_are_in_disorder()
    {
        // User u had items u, u + 1, … of a circle, seven of them; the rows stand in the reverse order of time.
        var rows = Events(Enumerable.Range(0, 40).SelectMany(u => Enumerable.Range(0, 7).Select(t => (u, (u + t) % Count, t))).Reverse());
        using var model = new SasRec { Length = 8, Width = 16, Layers = 1, Epochs = 40, BatchSize = 8, LearningRate = 0.01, Dropout = 0.1 }.Fit(rows, null, new FitContext { Seed = 2 });
        var ranks = (IRanksItems)model;
        var scores = new float[Count];
        var right = 0;
        for (var user = 0; user < 40; user++)
        {
            ranks.Score([user], 0, scores);
            if (Array.IndexOf(scores, scores.Max()) == (user + 7) % Count) right++;
        }
        Assert.InRange(right, 38, 40);
    }

    [Fact]
    public void No_place_of_a_sequence_looks_at_what_comes_after_it()
    {
        Libtorch.Load();
        using var scope = NewDisposeScope();
        using var random = new Randomness(3, CPU);
        using var network = new SasRecNetwork(Count, 6, 8, 2, 2, 0, random);
        network.eval();
        using var untracked = no_grad();
        float[] First(params long[] codes) => [.. network.call([tensor(codes, [1, codes.Length])]).narrow(1, 0, 3).contiguous().data<float>()];
        Assert.Equal(First(1, 2, 3, 4, 5, 6), First(1, 2, 3, 9, 8, 7), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(First(1, 2, 3, 4, 5, 6), First(1, 2, 3, 0, 0, 0), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.NotEqual(First(1, 2, 3, 4, 5, 6)[^1], First(2, 1, 3, 4, 5, 6)[^1]);
    }

    [Fact]
    public void Long_histories_are_cut_from_their_end_and_each_place_has_what_came_next()
    {
        var sequences = ItemSequences.Made(Events([(0, 4, 1), (0, 5, 2), (0, 6, 3), (0, 7, 4), (1, 3, 1)]), "user", "item");
        var (had, next) = sequences.Runs(2);

        // By place: items 3 to 7 are 0 to 4. The last run is whole, the first as long as is left; a single event gives none.
        Assert.Equal([3, 4, 2, 0], had);
        Assert.Equal([4, 5, 3, 0], next);
        Assert.Equal([4, 5, 1, 0], sequences.Last(2));
    }

    [Fact]
    public void Towers_learn_from_columns_beside_user_and_item()
    {
        // Who is of the north has what is of the north; each user has two of six such items, so that users alone tell little.
        var random = new Random(1);
        var events = Enumerable.Range(0, 40).SelectMany(u => Enumerable.Range(0, Count / 2).Select(i => 2 * i + u % 2).OrderBy(_ => random.Next()).Take(2).Select(i => (u, i, 0))).ToArray();
        CategoryColumn Side(string name, Func<(int User, int Item, int), int> of) => new(name, events.Select(of).ToArray(), ["north", "south"]);
        var rows = Events(events, Side("lives", e => e.User % 2), Side("made", e => e.Item % 2));
        using var model = new TwoTower { Width = 8, Embedding = 8, Hidden = 16, Epochs = 60, BatchSize = 40, LearningRate = 0.02, Dropout = 0 }.Fit(rows, null, new FitContext { Seed = 2 });
        var ranks = (IRanksItems)model;
        var scores = new float[ranks.Names.Items.Length];
        var right = 0;
        for (var user = 0; user < 40; user++)
        {
            ranks.Score([user], 0, scores);
            float[] own = [.. scores.Where((_, i) => i % 2 == user % 2)], others = [.. scores.Where((_, i) => i % 2 != user % 2)];
            right += own.Sum(o => others.Count(other => o > other));
        }
        Assert.InRange(right / (40.0 * Count / 2 * Count / 2), 0.85, 1);
    }

    [Fact]
    public void Heads_that_do_not_divide_the_width_are_a_sentence() =>
        Assert.Contains("3 heads do not divide a width of 8", Assert.Throws<InputException>(() => new SasRec { Width = 8, Heads = 3 }.Fit(Events([(0, 1, 0)]), null, new FitContext())).Message);
}
