using Kaggle.Core.Data;
using Kaggle.Core.Learning.Ratings;
using Kaggle.Core.Validation;

namespace Kaggle.Core.Learning.Explaining;

/// <summary>Ratings by whom and of what: errors of users and items that training knew and did not, of popular items and rare ones, of each user.</summary>
/// <param name="User">The column of users.</param>
/// <param name="Item">The column of items.</param>
/// <param name="Users">How many of them the training rows hold.</param>
/// <param name="Items">How many of them the training rows hold.</param>
/// <param name="Known">Judged rows by whether the fold's training part knew their user and their item; those of no row are left out.</param>
/// <param name="Popularity">Judged rows by how often their item was rated, the rarest first.</param>
/// <param name="Activity">Judged rows by how often their user rated, the least active first.</param>
/// <param name="PerUser">The root mean squared errors of users with <see cref="LeastRows"/> judged rows or more: shares in bins; null: there are none.</param>
/// <param name="Hardest">The users of so many rows whose error is largest.</param>
/// <param name="Strangers">Test rows whose user or item no training row has; null without test rows.</param>
/// <param name="Likeness">What the vectors of items say; null without any.</param>
public sealed record RatingsAnalysis(
    string User, string Item, int Users, int Items, IReadOnlyList<KnownErrors> Known, IReadOnlyList<CountErrors> Popularity, IReadOnlyList<CountErrors> Activity,
    Histogram? PerUser, IReadOnlyList<UserErrors> Hardest, StrangeRows? Strangers, ItemLikeness? Likeness)
{
    public const int LeastRows = 10;

    const int Bins = 8, MostUsers = 8;

    /// <param name="train">All training rows, with one number as the answer.</param>
    /// <param name="test">The test rows; null: none.</param>
    /// <param name="folds">Those that made the predictions; of repeats the first counts.</param>
    /// <param name="predictions">Out of fold, on the table's own scale; NaN where a row has none.</param>
    /// <param name="user">The column of users, a category.</param>
    /// <param name="item">The column of items, a category.</param>
    /// <param name="vectors">A model of one fold; null: there is none.</param>
    /// <returns>Null where the answer is not one number, the columns are no categories, or nothing is judged.</returns>
    public static RatingsAnalysis? Of(Dataset train, Dataset? test, IReadOnlyList<Fold> folds, Predictions predictions, string user, string item, IItemVectors? vectors)
    {
        if (train.Answers.Truth.Columns != 1 || predictions.Outputs != 1 || !IsCategory(train, user) || !IsCategory(train, item)) return null;
        var (users, items) = (train.Codes(user).ToArray(), train.Codes(item).ToArray());
        var judged = Judged(train, folds, predictions, users, items);
        if (judged.Count == 0) return null;
        var (timesUser, timesItem) = (Counts(users), Counts(items));
        var names = ((CategoryColumn)train[user]).Levels;
        PairError[][] perUser = [.. judged.Where(e => e.User >= 0).GroupBy(e => e.User).Select(g => g.ToArray()).Where(g => g.Length >= LeastRows)];
        return new(user, item, timesUser.Count, timesItem.Count,
            [.. judged.GroupBy(e => (e.UserKnown, e.ItemKnown)).OrderByDescending(g => g.Key).Select(g => new KnownErrors(g.Key.UserKnown, g.Key.ItemKnown, g.Count(), Rmse(g), g.Average(e => e.Error)))],
            ByCount(judged, e => timesItem.GetValueOrDefault(e.Item), e => e.Item), ByCount(judged, e => timesUser.GetValueOrDefault(e.User), e => e.User),
            Binned.Of(perUser.Select(Rmse), 30),
            [.. perUser.Select(g => new UserErrors(names[g[0].User], timesUser[g[0].User], g.Length, Rmse(g), g.Average(e => e.Error))).OrderByDescending(u => u.Rmse).Take(MostUsers)],
            test is { Rows: > 0 } && IsCategory(test, user) && IsCategory(test, item) ? StrangeRows.Of(Named(train, user), Named(train, item), test, user, item) : null,
            vectors is null ? null : ItemLikeness.Of(vectors, Named(train, item)));
    }

    static bool IsCategory(Dataset rows, string name) => rows.Has(name) && rows[name] is CategoryColumn;

    static List<PairError> Judged(Dataset train, IReadOnlyList<Fold> folds, Predictions predictions, int[] users, int[] items)
    {
        var judged = new List<PairError>();
        foreach (var fold in folds.Where(f => f.Repeat == 0))
        {
            var (knownUsers, knownItems) = (fold.Train.Select(row => users[row]).ToHashSet(), fold.Train.Select(row => items[row]).ToHashSet());
            judged.AddRange(fold.Validation.Where(row => JudgedRow.Has(predictions, row)).Select(row => new PairError(
                users[row], items[row], users[row] >= 0 && knownUsers.Contains(users[row]), items[row] >= 0 && knownItems.Contains(items[row]),
                (double)predictions[row, 0] - train.Answers.Truth[row, 0])));
        }
        return judged;
    }

    static Dictionary<int, int> Counts(int[] codes) => codes.Where(code => code >= 0).CountBy(code => code).ToDictionary();

    /// <returns>By name, how often it stands in the rows.</returns>
    static Dictionary<string, int> Named(Dataset rows, string name)
    {
        var column = (CategoryColumn)rows[name];
        return Counts(column.Codes.ToArray()).ToDictionary(c => column.Levels[c.Key], c => c.Value);
    }

    static CountErrors[] ByCount(List<PairError> judged, Func<PairError, int> count, Func<PairError, int> whose)
    {
        PairError[] sorted = [.. judged.OrderBy(count)];
        // As many rows in each bin; those of one count stay together.
        int[] ends = [.. Enumerable.Range(1, Bins).Select(b => count(sorted[Math.Max(0, (int)((long)sorted.Length * b / Bins) - 1)])).Distinct()];
        return [.. sorted.GroupBy(e => ends.First(end => count(e) <= end)).OrderBy(g => g.Key)
            .Select(g => new CountErrors(g.Min(count), g.Max(count), g.Select(whose).Distinct().Count(), g.Count(), Rmse(g), g.Average(e => e.Error)))];
    }

    static double Rmse(IEnumerable<PairError> errors) => Math.Sqrt(errors.Average(e => e.Error * e.Error));

    readonly record struct PairError(int User, int Item, bool UserKnown, bool ItemKnown, double Error);
}

/// <param name="UserKnown">Whether training rows of the fold had the user.</param>
/// <param name="ItemKnown">The same of the item.</param>
/// <param name="Rows">How many.</param>
/// <param name="Rmse">Their root mean squared error.</param>
/// <param name="Bias">The mean of prediction minus truth.</param>
public sealed record KnownErrors(bool UserKnown, bool ItemKnown, int Rows, double Rmse, double Bias);

/// <param name="From">The least number of ratings that an item (or a user) of the bin has.</param>
/// <param name="To">The most.</param>
/// <param name="Of">How many items, or users.</param>
/// <param name="Rows">How many judged rows.</param>
/// <param name="Rmse">Their root mean squared error.</param>
/// <param name="Bias">The mean of prediction minus truth.</param>
public sealed record CountErrors(int From, int To, int Of, int Rows, double Rmse, double Bias);

/// <param name="Name">The user's.</param>
/// <param name="Ratings">How many there are of the user.</param>
/// <param name="Rows">How many of them were judged.</param>
/// <param name="Rmse">Their root mean squared error.</param>
/// <param name="Bias">The mean of prediction minus truth.</param>
public sealed record UserErrors(string Name, int Ratings, int Rows, double Rmse, double Bias);

/// <summary>Test rows that no training row knows: nothing but means can be said of what is new.</summary>
/// <param name="Rows">All test rows.</param>
/// <param name="NewUser">Those whose user is new.</param>
/// <param name="NewItem">Those whose item is new.</param>
public sealed record StrangeRows(int Rows, int NewUser, int NewItem)
{
    internal static StrangeRows Of(IReadOnlyDictionary<string, int> users, IReadOnlyDictionary<string, int> items, Dataset test, string user, string item) =>
        new(test.Rows, New(test, user, users), New(test, item, items));

    static int New(Dataset test, string name, IReadOnlyDictionary<string, int> known)
    {
        var column = (CategoryColumn)test[name];
        return column.Codes.ToArray().Count(code => code < 0 || !known.ContainsKey(column.Levels[code]));
    }
}
