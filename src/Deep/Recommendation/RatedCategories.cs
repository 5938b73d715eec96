using Kaggle.Core.Data;

namespace Kaggle.Deep.Recommendation;

/// <summary>The two columns that a network of users and items looks at.</summary>
static class RatedCategories
{
    /// <returns>The rows with the user's column and the item's, in that order.</returns>
    /// <exception cref="InputException">One is missing, or holds no categories.</exception>
    public static Dataset Of(Dataset train, string user, string item) => train.WithColumns([Category(train, user, "User"), Category(train, item, "Item")]);

    static Column Category(Dataset train, string name, string setting)
    {
        if (!train.Has(name))
            throw new InputException($"There is no column '{name}' of {setting.ToLowerInvariant()}s; name it in the learner's settings ({setting} = \"…\"). The columns are {string.Join(", ", train.Columns.Select(c => c.Name))}.");
        return train[name] as CategoryColumn ?? throw new InputException($"The column '{name}' of {setting.ToLowerInvariant()}s holds {train[name].Kind.ToString().ToLowerInvariant()}s; state its kind, ColumnKind.Category.");
    }
}
