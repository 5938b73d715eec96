using System.Collections.Immutable;
using Kaggle.Core.Data;

namespace Kaggle.Core.Learning.Ratings;

/// <summary>The users and items met in training, by name: another table may give the same names other codes.</summary>
/// <param name="User">The column of users.</param>
/// <param name="Item">The column of items.</param>
/// <param name="Users">By place, the order in which a model holds them.</param>
/// <param name="Items">By place.</param>
public sealed record RatedNames(string User, string Item, ImmutableArray<string> Users, ImmutableArray<string> Items)
{
    /// <summary>The place of a user or item that training did not meet, or of none at all.</summary>
    public const int Unknown = -1;

    /// <returns>The names that occur in the rows, and each row's places.</returns>
    /// <exception cref="InputException">A column is missing, or holds no categories.</exception>
    public static (RatedNames Names, int[] Users, int[] Items) Of(Dataset train, string user, string item)
    {
        var (users, userOf) = Met(Category(train, user, nameof(User)));
        var (items, itemOf) = Met(Category(train, item, nameof(Item)));
        return (new(user, item, users, items), userOf, itemOf);
    }

    /// <returns>(rows) the places of the rows' users and items; <see cref="Unknown"/> where training met neither.</returns>
    /// <exception cref="InputException">A column is missing, or holds no categories.</exception>
    public (int[] Users, int[] Items) Places(Dataset rows) =>
        (Found(Category(rows, User, nameof(User)), Users), Found(Category(rows, Item, nameof(Item)), Items));

    static CategoryColumn Category(Dataset rows, string name, string setting)
    {
        if (!rows.Has(name))
            throw new InputException($"There is no column '{name}' of {setting.ToLowerInvariant()}s; name it in the learner's settings ({setting} = \"…\"). The columns are {string.Join(", ", rows.Columns.Select(c => c.Name))}.");
        return rows[name] as CategoryColumn ?? throw new InputException(
            $"The column '{name}' of {setting.ToLowerInvariant()}s holds {rows[name].Kind.ToString().ToLowerInvariant()}s; state its kind: Columns = new() {{ Kinds = … SetItem(\"{name}\", ColumnKind.Category) }}.");
    }

    static (ImmutableArray<string> Names, int[] Places) Met(CategoryColumn column)
    {
        var codes = column.Codes.Span;
        var place = new int[column.Levels.Length];
        foreach (var code in codes)
            if (code >= 0) place[code] = 1;
        var names = ImmutableArray.CreateBuilder<string>();
        for (var code = 0; code < place.Length; code++)
        {
            if (place[code] > 0) names.Add(column.Levels[code]);
            place[code] = place[code] > 0 ? names.Count - 1 : Unknown;
        }
        return (names.ToImmutable(), Mapped(codes, place));
    }

    static int[] Found(CategoryColumn column, ImmutableArray<string> names)
    {
        var known = new Dictionary<string, int>(names.Length);
        for (var i = 0; i < names.Length; i++) known[names[i]] = i;
        return Mapped(column.Codes.Span, [.. column.Levels.Select(level => known.GetValueOrDefault(level, Unknown))]);
    }

    static int[] Mapped(ReadOnlySpan<int> codes, ReadOnlySpan<int> place)
    {
        var places = new int[codes.Length];
        for (var row = 0; row < places.Length; row++) places[row] = codes[row] < 0 ? Unknown : place[codes[row]];
        return places;
    }
}
