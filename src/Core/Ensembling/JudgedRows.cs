using Kaggle.Core.Data;

namespace Kaggle.Core.Ensembling;

/// <summary>The rows that folds judge, part by part: what ensembles and decisions are fitted on and scored by.</summary>
sealed class JudgedRows
{
    readonly Dataset rows;
    readonly int[][] parts;

    public JudgedRows(Dataset rows, int[][] parts)
    {
        (this.rows, this.parts) = (rows, parts);
        Numbers = [.. parts.SelectMany(part => part)];
        Everything = Bare(rows.Take(Numbers));
        var start = 0;
        Places = Array.ConvertAll(parts, part => Enumerable.Range((start += part.Length) - part.Length, part.Length).ToArray());
    }

    /// <summary>The judged rows' numbers, part after part.</summary>
    public int[] Numbers { get; }

    /// <summary>The judged rows in that order: answers, weights and groups, no columns.</summary>
    public Dataset Everything { get; }

    /// <summary>Of each part where its rows stand in <see cref="Everything"/>.</summary>
    public int[][] Places { get; }

    public IReadOnlyList<Predictions> All(IReadOnlyList<Predictions> members) => [.. members.Select(member => member.Take(Numbers))];

    /// <returns>The rows at some places, answers, weights and groups only.</returns>
    public Dataset At(int[] places) => Bare(Everything.Take(places));

    /// <returns>The places of all parts but one.</returns>
    public int[] Others(int part) => [.. Places.Where((_, number) => number != part).SelectMany(places => places)];

    /// <returns>(all rows, columns) the parts' rows where they belong, NaN elsewhere.</returns>
    public Matrix Spread(IEnumerable<Matrix> ofParts)
    {
        var all = ofParts.ToArray();
        var columns = all[0].Columns;
        var values = new float[rows.Rows * columns];
        Array.Fill(values, float.NaN);
        for (var part = 0; part < parts.Length; part++)
            for (var i = 0; i < parts[part].Length; i++)
                all[part].Row(i).CopyTo(values.AsSpan(parts[part][i] * columns));
        return new(values, columns);
    }

    /// <summary>Not a view: a view gathers its weights anew each time it is asked.</summary>
    static Dataset Bare(Dataset taken) => new([], taken.Target, taken.Weights, taken.Groups, rows: taken.Rows);
}
