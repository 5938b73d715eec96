using Kaggle.Core.Data;

namespace Kaggle.Core.Validation;

/// <summary>Folds from the number of the fold that judges each row.</summary>
static class Partition
{
    /// <summary>Never judged, always learned from.</summary>
    public const int AlwaysTrain = -1;

    /// <param name="foldOf">(rows) 0 … count − 1 or <see cref="AlwaysTrain"/>.</param>
    /// <param name="count">How many folds.</param>
    public static IReadOnlyList<Fold> Folds(int[] foldOf, int count)
    {
        var sizes = new int[count];
        foreach (var fold in foldOf)
            if (fold != AlwaysTrain) sizes[fold]++;
        var folds = new Fold[count];
        for (var number = 0; number < count; number++)
        {
            var (train, validation) = (new int[foldOf.Length - sizes[number]], new int[sizes[number]]);
            for (int row = 0, t = 0, v = 0; row < foldOf.Length; row++)
                if (foldOf[row] == number) validation[v++] = row;
                else train[t++] = row;
            folds[number] = new(number, train, validation);
        }
        return folds;
    }

    /// <summary>Rows are dealt like cards, stratum by stratum, without starting anew: strata and folds both differ by at most one row.</summary>
    /// <param name="strata">(rows) any numbers; neighbouring numbers are dealt one after the other.</param>
    /// <param name="count">How many hands.</param>
    /// <param name="seed">Which rows of a stratum go where, and which folds get the odd rows.</param>
    /// <returns>(rows) 0 … count − 1.</returns>
    public static int[] Deal(int[] strata, int count, int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, strata.Length).ToArray();
        random.Shuffle(rows);
        var hands = Enumerable.Range(0, count).ToArray();
        random.Shuffle(hands);
        var keys = Array.ConvertAll(rows, row => strata[row]);
        var places = Enumerable.Range(0, rows.Length).ToArray();
        Array.Sort(places, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        var dealt = new int[rows.Length];
        for (var i = 0; i < places.Length; i++) dealt[rows[places[i]]] = hands[i % count];
        return dealt;
    }

    public static void RequireRows(int rows, int folds)
    {
        if (rows < folds) throw new InputException($"{rows} rows cannot be divided into {folds} folds; ask for at most {rows}.");
    }
}
