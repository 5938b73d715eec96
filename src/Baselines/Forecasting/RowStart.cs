using Kaggle.Core.Data;
using Kaggle.Core.Encoding;

namespace Kaggle.Baselines.Forecasting;

/// <summary>Where each row's answer begins and in what unit the rest is counted, by columns of the row itself.</summary>
/// <param name="Columns">The first that is not missing; none: 0.</param>
/// <param name="Per">The level, the first that is not missing; none: 1.</param>
/// <param name="Divided">Columns given in parts of the level.</param>
/// <param name="Power">Rows count by their level to this power.</param>
/// <param name="Usual">Where all columns are missing.</param>
sealed record RowStart(NameList Columns, NameList Per, NameList Divided, int Power, RowStart.Ordinary Usual)
{
    /// <summary>A level below this part of the mean of all would make the rest endless.</summary>
    const float Least = 0.01f;

    /// <param name="Mean">Of the training answers.</param>
    /// <param name="Size">Of their absolute values.</param>
    public sealed record Ordinary(float Mean, float Size);

    public static Ordinary Otherwise(Dataset train)
    {
        var answers = train.Answers.Learned.Values.ToArray();
        return new(answers.Average(), answers.Average(Math.Abs) is > 0 and var size ? size : 1);
    }

    public float[] From(Dataset rows) => Columns.Count == 0 ? new float[rows.Rows] : First(rows, Columns, Usual.Mean);

    public float[] Level(Dataset rows) =>
        Per.Count == 0 ? [.. Enumerable.Repeat(1f, rows.Rows)] : Array.ConvertAll(First(rows, Per, Usual.Size), level => Math.Max(level, Least * Usual.Size));

    /// <returns>The rows with what is left to learn as their answers.</returns>
    public Dataset Rest(Dataset rows)
    {
        var (from, level, answers) = (From(rows), Level(rows), rows.Answers.Learned.Values);
        var rest = new float[from.Length];
        for (var row = 0; row < rest.Length; row++) rest[row] = (answers.Span[row] - from[row]) / level[row];
        var divided = Divide(rows, level);
        var target = new TargetValues(Target.Number(rows.Answers.Target.Columns[0]), new(rest, 1));
        return Per.Count == 0 ? divided.WithTarget(target) : new(Own(divided), target, Weights(rows, level), rows.Groups, rows.Time, rows.Rows);
    }

    /// <returns>The rows with <see cref="Divided"/> in parts of the level.</returns>
    public Dataset Divide(Dataset rows, float[] level)
    {
        if (Divided.Count == 0) return rows;
        foreach (var name in Divided) _ = Numbers(rows, name);                  // says which one is missing
        return rows.WithColumns(Own(rows).Select(column => Divided.Contains(column.Name) ? InParts(Numbers(rows, column.Name), level) : column));
    }

    static IEnumerable<Column> Own(Dataset rows) => rows.Columns.Select(column => rows.IsView ? column.Take(rows.RowIndex) : column);

    static NumberColumn InParts(NumberColumn column, float[] level)
    {
        var values = column.Values.ToArray();
        for (var row = 0; row < values.Length; row++) values[row] /= level[row];
        return new(column.Name, values);
    }

    float[] Weights(Dataset rows, float[] level)
    {
        var weights = rows.Weights?.ToArray() ?? [.. Enumerable.Repeat(1f, rows.Rows)];
        for (var row = 0; row < weights.Length; row++) weights[row] *= MathF.Pow(level[row] / Usual.Size, Power);
        return weights;
    }

    static NumberColumn Numbers(Dataset rows, string name) =>
        rows[name] as NumberColumn ?? throw new InputException($"Column '{name}' holds no numbers, so nothing can be added to it or counted in parts of it.");

    static float[] First(Dataset rows, NameList columns, float otherwise)
    {
        var first = new float[rows.Rows];
        Array.Fill(first, float.NaN);
        foreach (var name in columns)
        {
            var values = Numbers(rows, name).Values.Span;
            for (var row = 0; row < first.Length; row++)
                if (float.IsNaN(first[row])) first[row] = values[row];
        }
        for (var row = 0; row < first.Length; row++)
            if (float.IsNaN(first[row])) first[row] = otherwise;
        return first;
    }
}
