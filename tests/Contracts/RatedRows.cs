using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Tests.Contracts;

/// <summary>Ratings that follow from who rates what: some users are kinder, some items better, and two tastes divide both.</summary>
static class RatedRows
{
    const int Users = 60, Items = 40;

    public static readonly Target Stars = Target.Number("stars");

    static readonly ImmutableArray<string> UserNames = [.. Enumerable.Range(0, Users).Select(u => $"user {u}")];

    static readonly ImmutableArray<string> ItemNames = [.. Enumerable.Range(0, Items).Select(i => $"item {i}")];

    /// <param name="rows">Pairs, drawn at random without repetition.</param>
    /// <param name="seed">Which pairs; what is thought of an item does not depend on it.</param>
    public static Dataset Of(int rows = 1200, int seed = 1)
    {
        var pairs = Enumerable.Range(0, Users * Items).ToArray();
        new Random(seed).Shuffle(pairs);
        return With([.. pairs.Take(rows).Select(p => p / Items)], [.. pairs.Take(rows).Select(p => p % Items)]);
    }

    public static Dataset With(int[] users, int[] items) => new(
        [new CategoryColumn("user", users, UserNames), new CategoryColumn("item", items, ItemNames)],
        new(Stars, new(users.Zip(items, Felt).ToArray(), 1)));

    /// <summary>Who had what, in no order: half of what suits, and one in twenty of what does not.</summary>
    public static Dataset Events(int seed = 1)
    {
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, Users * Items).Where(p => random.NextDouble() < (Suits(p / Items, p % Items) ? 0.5 : 0.05)).ToArray();
        random.Shuffle(pairs);
        return With([.. pairs.Select(p => p / Items)], [.. pairs.Select(p => p % Items)]);
    }

    /// <returns>The items that a user has in <see cref="Events"/> of the first seed.</returns>
    public static IReadOnlySet<string> Had(string user)
    {
        var rows = Events();
        var (users, items) = (rows.Codes("user").ToArray(), rows.Codes("item").ToArray());
        return Enumerable.Range(0, rows.Rows).Where(row => UserNames[users[row]] == user).Select(row => ItemNames[items[row]]).ToHashSet();
    }

    public static bool Suits(string user, string item) => Suits(UserNames.IndexOf(user), ItemNames.IndexOf(item));

    static bool Suits(int user, int item) => user % 2 == item % 2;

    /// <returns>The same rows, where some lack their user or their item, and some have ones that nobody met.</returns>
    public static Dataset WithStrangers(Dataset rows)
    {
        int[] users = rows.Codes("user").ToArray(), items = rows.Codes("item").ToArray();
        for (var i = 0; i < rows.Rows; i += 3) users[i] = i % 2 == 0 ? -1 : Users;
        for (var i = 0; i < rows.Rows; i += 5) items[i] = i % 2 == 0 ? -1 : Items;
        return rows.WithColumns([new CategoryColumn("user", users, UserNames.Add("a stranger")), new CategoryColumn("item", items, ItemNames.Add("a novelty"))]);
    }

    /// <returns>The same rows with the levels of both columns turned around.</returns>
    public static Dataset Turned(Dataset rows) => rows.WithColumns(rows.Columns.OfType<CategoryColumn>().Select(c => new CategoryColumn(
        c.Name, c.Codes.ToArray().Select(code => c.Levels.Length - 1 - code).ToArray(), [.. c.Levels.Reverse()])));

    static float Felt(int user, int item) => user < 0 || item < 0 ? 3 : 3 + 0.1f * (user % 7 - 3) + 0.15f * (item % 5 - 2) + (user % 2 == item % 2 ? 0.8f : -0.8f);
}
